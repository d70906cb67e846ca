/** The command line of `npm start`. */
import { parseArgs } from 'node:util';
import type { BrowserName } from '../browsers.mjs';

export interface StartOptions {
  /** Plays the tour by itself instead of leaving the browser to a person. */
  readonly headless: boolean;
  /** Null where any browser will do. */
  readonly browser: BrowserName | null;
  /** The demo chat's port; the collector listens on the next one. */
  readonly port: number;
}

export const usage = `npm start [-- options]

  --headless           play the main job by itself, without a window
  --browser <name>     chromium or firefox; default: what is there
  --port <number>      port of the demo chat, default 4310; the collector takes the next one
  --help               this text
`;

/** Reads the arguments; answers one sentence where they make no sense. */
export function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): StartOptions | string {
  let values: { headless?: boolean; browser?: string; port?: string; help?: boolean };
  try {
    values = parseArgs({
      args: args.filter((arg) => arg !== '--'),
      options: {
        headless: { type: 'boolean' },
        browser: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    return `${(error as Error).message}\n\n${usage}`;
  }
  if (values.help) return usage;
  const { browser = null, port: given = '4310' } = values;
  if (browser !== null && browser !== 'chromium' && browser !== 'firefox')
    return `--browser is chromium or firefox, not ${browser}.`;
  const port = Number(given);
  if (!Number.isInteger(port) || port < 1 || port > 65_534) return `--port is a number from 1 to 65534, not ${given}.`;
  const hasDisplay = platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  return { headless: values.headless === true || !hasDisplay, browser, port };
}
