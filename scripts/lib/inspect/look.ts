/** Opens a page in a real browser with the production build, and reads what detection made of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSession } from '../../../tests/support/browser/session.ts';
import type { Tab } from '../../../tests/support/browser/types.ts';
import { Inside } from '../../../tests/support/extension.ts';
import { readSurvey } from '../../../utils/health/frames.ts';
import { findBrowser, isBranded } from '../../browsers.mjs';
import { buildFolder } from '../run.ts';
import { Stop } from '../steps.ts';
import type { InspectOptions } from './options.ts';
import { openFor, readNamed, showAt, startDeadEnd } from './page.ts';
import { type FrameStage, readScripts, type Sight, untilAtRest } from './rest.ts';

/** Characters of one message; a survey is cut by the same length that captures are. */
const CHARS = 200_000;

/** Runs in a page of the extension: asks all frames of the tab at this address. Text, because it carries two functions along. */
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
      func: (chars) => ({ survey: (${readSurvey})(true, 5000, chars), scripts: (${readScripts})() }),
      args: [chars],
    });
    return results.flatMap(({ frameId, result }) => (result ? [{ frameId, ...result }] : []));
  });`,
) as (root: Document | ShadowRoot, address: string, chars: number) => Promise<FrameStage[] | null>;

async function look(inside: Inside, tab: Tab): Promise<Sight> {
  return untilAtRest(async () => inside.evaluate(askFrames, await tab.document.evaluate(() => location.href), CHARS));
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
