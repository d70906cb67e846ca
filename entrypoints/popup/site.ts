/** What the page in the current tab is to Countersign. */
import { sitePattern } from '../../utils/messaging/site-pattern.ts';

export type CurrentSite =
  /** `name` is the host, with the scheme where it is not https. */
  | { readonly is: 'site'; readonly origin: string; readonly name: string; readonly pattern: string }
  /** `because` is one sentence for the reviewer. */
  | { readonly is: 'unavailable'; readonly because: string };

/** Pages that browsers keep all extensions away from, though they are web pages. */
const stores = ['chromewebstore.google.com', 'chrome.google.com', 'addons.mozilla.org', 'microsoftedge.microsoft.com'];

const because = (sentence: string): CurrentSite => ({ is: 'unavailable', because: sentence });

/** Reads the address of a tab; `undefined` where the browser does not tell it. */
export function siteOf(address: string | undefined): CurrentSite {
  if (!address || !URL.canParse(address)) return because('The browser does not tell which page this is.');
  const { protocol, hostname, origin } = new URL(address);
  if (protocol === 'file:') return because('Files on this computer cannot be reviewed, only web pages.');
  if (protocol !== 'https:' && protocol !== 'http:') {
    return because('This is a page of the browser itself; extensions cannot work here.');
  }
  if (stores.includes(hostname)) return because('Browsers keep extensions away from their own stores.');
  const name = protocol === 'https:' ? origin.slice('https://'.length).replace(/^www\./, '') : origin;
  return { is: 'site', origin, name, pattern: sitePattern(origin) };
}
