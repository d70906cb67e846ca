/** The command line of `npm run inspect`. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BrowserName } from '../../browsers.mjs';

export interface InspectOptions {
  /** The page: a file that is shown at `url`, or null where `url` is opened for real. */
  readonly file: string | null;
  readonly url: string;
  /** A rule pack to be imported first, or null. */
  readonly rules: string | null;
  readonly json: boolean;
  readonly browser: BrowserName;
}

export const usage = `npm run inspect -- <file.html | URL> [options]

Opens the page in a browser with the extension and prints what detection finds.
A file is shown without any network; a URL is opened for real.

  --as <URL>           the address that a file is to have, for example https://chatgpt.com/c/1
  --rules <pack.json>  take this rule pack first
  --json               print JSON; with npm run -s, nothing else is printed
  --browser <name>     chromium (default) or firefox
  --help               this text

Ends with 0 when the page could be inspected, 1 when not, 2 when the command makes no sense.
`;

const isWeb = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Reads the arguments; answers one sentence where they make no sense. */
export function readInspectOptions(args: readonly string[]): InspectOptions | string {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return `${(error as Error).message}\n\n${usage}`;
  }
  const { values, positionals } = parsed;
  if (values.help) return usage;
  const [page, ...more] = positionals;
  if (page === undefined) return `Which page? Give a file or a URL.\n\n${usage}`;
  if (more.length > 0) return `One page at a time, not also ${more.join(' ')}.`;
  const { as, rules = null, json = false, browser = 'chromium' } = values;
  if (browser !== 'chromium' && browser !== 'firefox') return `--browser is chromium or firefox, not ${browser}.`;
  const common = { rules, json, browser: browser as BrowserName };
  if (isWeb(page)) {
    if (as !== undefined) return '--as is for a file: a URL has its address already. Save the page to a file first.';
    return { file: null, url: new URL(page).href, ...common };
  }
  if (as !== undefined && !isWeb(as)) return `--as is an address such as https://chatgpt.com/c/1, not ${as}.`;
  const file = page.startsWith('file:') && URL.canParse(page) ? fileURLToPath(page) : page;
  // A name that belongs to nobody; a file has no address at which an extension may work.
  const url = new URL(as ?? `https://page.example/${encodeURIComponent(basename(file))}`).href;
  return { file, url, ...common };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: args.filter((arg) => arg !== '--'),
    allowPositionals: true,
    options: {
      as: { type: 'string' },
      rules: { type: 'string' },
      json: { type: 'boolean' },
      browser: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
}
