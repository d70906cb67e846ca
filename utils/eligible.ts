/** Where the content scripts have no business: documents without an origin of their own, and documents that are not pages. */

/**
 * `about:blank` and `about:srcdoc` have the origin of the page that made them: chat widgets are framed in the one and
 * written into the other. A sandboxed document and `data:` have none, under which a review could be stored; `blob:` has no
 * page. `location` would still show an address in a sandboxed document: only the origin tells.
 */
export function isEligible({ origin, location, document }: Pick<Window, 'origin' | 'location' | 'document'> = window) {
  // Not by patterns, which take longer to be made than all else that the gate does.
  const isWeb = (address: string) => address.startsWith('http:') || address.startsWith('https:');
  const { href } = location;
  const [bare = ''] = isWeb(href) ? [] : href.split(/[?#]/, 1);
  const isPage = isWeb(href) || bare === 'about:blank' || bare === 'about:srcdoc';
  return isPage && isWeb(origin) && document.contentType.includes('html');
}
