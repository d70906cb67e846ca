/**
 * Browsers that outlive a spec file, since starting one costs as much as several tests: each process of a run runs many
 * files, one after the other, with browsers of its own. `end-shared.ts` ends them with the run.
 */
import type { ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import type { Browser } from 'puppeteer-core';
import { startSession } from './session.ts';
import type { BrowserName, Session, SessionOptions } from './types.ts';

/** Has the browser ended, and the folder of its profile removed, when the run is over. */
function endWithTheRun(child: ChildProcess | null, profile: string | null): void {
  const list = process.env.COUNTERSIGN_SHARED;
  if (!list) throw new Error('Only specs share browsers');
  appendFileSync(list, `${JSON.stringify({ pid: child?.pid, profile })}\n`);
}

const bare = new Map<BrowserName, Browser>();

/** A browser without the extension; started by `launch` where there is none, or it has ended. */
export async function sharedBrowser(
  name: BrowserName,
  launch: (name: BrowserName) => Promise<Browser>,
): Promise<Browser> {
  const there = bare.get(name);
  if (there?.connected) return there;
  const browser = await launch(name);
  bare.set(name, browser);
  endWithTheRun(browser.process(), null);
  return browser;
}

interface Shared {
  readonly session: Session;
  readonly options: SessionOptions;
  readonly ended: { yes: boolean };
}
const sessions = new Map<BrowserName, Shared>();

/** A browser with the extension as new, and the options that it was started with: another profile than was asked for. */
export async function sharedSession(
  name: BrowserName,
  options: SessionOptions,
): Promise<{ readonly session: Session; readonly options: SessionOptions }> {
  const there = sessions.get(name);
  if (there?.session.renew && !there.ended.yes) {
    await there.session.renew();
    return there;
  }
  const session = await startSession(name, options);
  const started: Shared = { session, options, ended: { yes: false } };
  void session.ended.then(() => {
    started.ended.yes = true;
  });
  sessions.set(name, started);
  endWithTheRun(session.process(), options.profile);
  return started;
}
