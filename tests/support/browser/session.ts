/** Starts a browser with the extension. */
import { findBrowser } from '../../../scripts/browsers.mjs';
import { startChromium } from './chromium.ts';
import { startFirefox } from './firefox.ts';
import type { BrowserName, Session, SessionOptions } from './types.ts';

/** Starts the browser `name`; throws where this machine has none. */
export function startSession(name: BrowserName, options: SessionOptions): Promise<Session> {
  const executablePath = findBrowser(name);
  if (executablePath === null) throw new Error(`No ${name} on this machine; npm start says how to install one`);
  return name === 'chromium' ? startChromium(executablePath, options) : startFirefox(executablePath, options);
}
