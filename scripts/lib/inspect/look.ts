/** Opens a page in a real browser with the production build, and reads what detection made of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSession } from '../../../tests/support/browser/session.ts';
import type { Tab } from '../../../tests/support/browser/types.ts';
import { Inside } from '../../../tests/support/extension.ts';
import type { Survey } from '../../../utils/detection/types.ts';
import { type FrameSurvey, readSurvey } from '../../../utils/health/frames.ts';
import { findBrowser, isBranded } from '../../browsers.mjs';
import { buildFolder } from '../run.ts';
import { Stop } from '../steps.ts';
import type { InspectOptions } from './options.ts';
import { openFor, readNamed, showAt, startDeadEnd } from './page.ts';

/**
 * Detection is at rest when nothing of it has changed for so long, in ms. Longer while an answer seems to grow, and where an
 * overlay has found nothing yet: other signs are looked at after the rules, and a site that changed is told from one that waits.
 */
const REST_MS = 2000;
const RESTLESS_MS = 6000;
/** What is not at rest by then is shown as it is. */
const PATIENCE_MS = 25_000;
const LOOK_EVERY_MS = 250;

/** Characters of one message; a survey is cut by the same length that captures are. */
const CHARS = 200_000;

export interface Sight {
  readonly frames: readonly FrameSurvey[];
  /** False where something still changed when the patience was over. */
  readonly atRest: boolean;
}

/** Runs in a page of the extension: asks all frames of the tab at this address. Text, because it carries `readSurvey` along. */
const askFrames = new Function(
  '_root',
  'address',
  'chars',
  `const extension = globalThis.browser ?? globalThis.chrome;
  return extension.tabs.query({}).then(async (tabs) => {
    const tab = tabs.find(({ url }) => url === address);
    if (!tab) return null;
    const results = await extension.scripting.executeScript({
      target: { tabId: tab.id, allFrames: true },
      func: ${String(readSurvey)},
      args: [true, 5000, chars],
    });
    return results.flatMap(({ frameId, result }) => (result ? [{ frameId, survey: result }] : []));
  });`,
) as (root: Document | ShadowRoot, address: string, chars: number) => Promise<FrameSurvey[] | null>;

/** What of a survey must stand still; time goes on. */
const essence = (frames: readonly FrameSurvey[]) =>
  JSON.stringify(frames.map(({ frameId, survey }) => [frameId, { ...survey, ms: 0 } satisfies Survey]));

async function look(inside: Inside, tab: Tab, now: () => number = Date.now): Promise<Sight> {
  const started = now();
  let frames: readonly FrameSurvey[] = [];
  let last = '';
  let since = started;
  while (now() - started < PATIENCE_MS) {
    const address = await tab.document.evaluate(() => location.href);
    frames = (await inside.evaluate(askFrames, address, CHARS)) ?? [];
    const seen = essence(frames);
    if (seen !== last) since = now();
    last = seen;
    const isRestless = frames.some(
      ({ survey }) => survey.messages.length === 0 || survey.messages.some(({ settled }) => !settled),
    );
    if (now() - since >= (isRestless ? RESTLESS_MS : REST_MS)) return { frames, atRest: true };
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return { frames, atRest: false };
}

/** Throws `Stop`, naming the rule, where the pack is refused. */
async function importPack(inside: Inside, path: string, json: string): Promise<void> {
  const answer = await inside.ask('importRules', { json });
  if (answer.ok) return;
  const { message, next, field } = answer.error;
  throw new Stop(`${path} is refused${field ? ` (${field})` : ''}: ${message} ${next}`);
}

/** What detection finds; throws `Stop` with a sentence where the page cannot be inspected. */
export async function inspectPage({ file, url, rules, browser }: InspectOptions): Promise<Sight> {
  if (isBranded(findBrowser(browser) ?? '')) {
    throw new Stop(
      'Chrome and Edge let only a person switch an extension on. Install Chromium, or use --browser firefox.',
    );
  }
  const html = file === null ? null : await readNamed(file, 'page');
  const pack = rules === null ? null : await readNamed(rules, 'rule pack');
  const deadEnd = html === null ? null : await startDeadEnd();
  const profile = await mkdtemp(join(tmpdir(), 'countersign-inspect-'));
  const session = await startSession(browser, {
    profile,
    extension: buildFolder(browser),
    allow: ['https://*/*', 'http://*/*'],
    headless: true,
    ...(deadEnd ? { proxy: deadEnd.address } : {}),
  });
  try {
    const inside = await Inside.open(session);
    if (pack !== null && rules !== null) await importPack(inside, rules, pack);
    const tab = await session.open('about:blank');
    if (html === null) await openFor(tab.page, url);
    else await showAt(tab.page, url, html);
    return await look(inside, tab);
  } finally {
    await session.close();
    deadEnd?.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
