/** Runs the detection room, as bundled, in a page of a real browser that believes to be at any address. */
import puppeteer, { type Browser, type Frame, type HTTPRequest, type Page } from 'puppeteer-core';
import { findBrowser } from '../../../scripts/browsers.mjs';
import type { Finder } from '../../../utils/detection/engine/finder.ts';
import type { createDetector, DetectorOptions, siteRules } from '../../../utils/detection/index.ts';
import type { CapturedText, DetectionChange, Response, Survey } from '../../../utils/detection/types.ts';
import { PATIENCE_MS } from '../browser/poll.ts';
import { bundle } from '../bundle.ts';

/** What the bundle and `watch` put into the page. */
export interface DetectionWorld {
  Detection: { createDetector: typeof createDetector; siteRules: typeof siteRules; finder: Finder };
  detector: ReturnType<typeof createDetector>;
  changes: DetectionChange[];
  health: Survey['health']['state'][];
  stop: AbortController;
}

/** A response as JSON, with what capturing it gave. */
export type SeenResponse = Omit<Response, 'element' | 'body'> &
  CapturedText & { readonly prompt: string | null; readonly model: string | null };

/** The room as one script that defines `Detection`. Its value would travel back from the browser: it has none. */
const detectionBundle = () =>
  bundle(new URL('../../../utils/detection/index.ts', import.meta.url).pathname, 'Detection');

/**
 * One process for all pages, and none kept for going back. Each page here stands at another address and none is hostile; a
 * process for each of them is most of what showing it costs.
 */
const oneProcess = [
  '--disable-site-isolation-trials',
  '--disable-features=BackForwardCache,ProactivelySwapBrowsingInstance,IsolateOrigins,site-per-process',
  '--renderer-process-limit=1',
];

/** Starts a browser; throws where this machine has none of that name. */
export async function launchBare(name: 'chromium' | 'firefox'): Promise<Browser> {
  const executablePath = findBrowser(name);
  if (!executablePath)
    throw new Error(`There is no ${name} on this machine; COUNTERSIGN_BROWSERS names those to test in`);
  const root = process.getuid?.() === 0;
  return puppeteer.launch({
    executablePath,
    ...(name === 'firefox'
      ? { browser: 'firefox' as const }
      : { pipe: true, args: ['--disable-gpu', ...oneProcess, ...(root ? ['--no-sandbox'] : [])] }),
  });
}

/** A tab that shows any HTML at any address, without any network. */
export interface Stage {
  readonly page: Page;
  show(url: string, html: string): Promise<Page>;
}

export async function openStage(browser: Browser): Promise<Stage> {
  const page = await browser.newPage();
  page.setDefaultNavigationTimeout(PATIENCE_MS);
  let body = '';
  await page.setRequestInterception(true);
  page.on('request', (request: HTTPRequest) => {
    const main = request.isNavigationRequest() && request.frame() === page.mainFrame();
    const answer = main ? { status: 200, contentType: 'text/html; charset=utf-8', body } : { status: 404, body: '' };
    // A page that is left takes its requests with it, answered or not; one that was not answered does not load, and says so.
    request.respond(answer).catch(() => {});
  });
  return {
    page,
    async show(url, html) {
      body = html;
      // An address that differs in its fragment only is the same document to the browser.
      const bare = (address: string) => address.split('#', 1)[0];
      if (bare(page.url()) === bare(url)) await page.goto('about:blank');
      await page.goto(url, { waitUntil: 'load' });
      return page;
    },
  };
}

/** Writes `html` into the frame of the page, which has no address of its own, as embedded chats do. */
export async function writeIntoFrame(page: Page, html: string): Promise<Frame> {
  const handle = await page.$('iframe');
  const frame = await handle?.contentFrame();
  if (!frame) throw new Error('The page has no frame');
  await frame.setContent(html);
  return frame;
}

/** A page or a frame of one. */
type Place = Pick<Page, 'evaluate'>;

/** What a detector in a page is started with; the built-in rules unless said otherwise. */
export type WatchOptions = Partial<Omit<DetectorOptions, 'document' | 'window' | 'now' | 'rules'>> & {
  readonly rules?: unknown;
  /** The finder's clock stands still while it looks at the page. */
  readonly patient?: boolean;
};

/** Starts a detector with the built-in rules, or those given, and keeps every change that it tells. */
export async function watch(page: Place, options: WatchOptions = {}): Promise<void> {
  // What was written anew has kept its window: the room is there already.
  if (!(await page.evaluate(() => 'Detection' in globalThis))) await page.evaluate(await detectionBundle());
  await page.evaluate(
    (json) => {
      const world = globalThis as unknown as DetectionWorld;
      const { rules = world.Detection.siteRules, patient = false, ...rest } = JSON.parse(json);
      const loadFinder = async (): Promise<Finder> => ({
        ...world.Detection.finder,
        induceRule(look) {
          const { now } = performance;
          // A busy machine takes its time; how soon the finder gives up is not what these pages are about.
          if (patient)
            performance.now = (
              (at) => () =>
                at
            )(now.call(performance));
          const found = world.Detection.finder.induceRule(look);
          performance.now = now;
          return found;
        },
      });
      world.changes = [];
      world.health = [];
      world.stop = new AbortController();
      world.detector = world.Detection.createDetector({ document, rules, loadFinder, ...rest });
      world.detector.start(
        world.stop.signal,
        (change) => world.changes.push(change),
        (state) => world.health.push(state),
      );
    },
    // As text, because WebDriver BiDi loses an object that occurs twice.
    JSON.stringify(options),
  );
}

/** What the page is to detection now. */
export async function survey(page: Place): Promise<Survey> {
  return JSON.parse(
    await page.evaluate(() => JSON.stringify((globalThis as unknown as DetectionWorld).detector.survey())),
  );
}

/** Every response on the page now, captured. As text, because WebDriver BiDi loses an object that occurs twice. */
export async function seen(page: Place): Promise<SeenResponse[]> {
  const json = await page.evaluate(() => {
    const { detector } = globalThis as unknown as DetectionWorld;
    const responses = detector.responses().map((response) => {
      const { element, body, ...rest } = response;
      return { ...rest, ...detector.capture(response, 20_000) };
    });
    return JSON.stringify(responses);
  });
  return JSON.parse(json);
}
