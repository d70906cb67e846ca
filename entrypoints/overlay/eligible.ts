/** Where the overlay has no business: documents without an origin of their own, and documents that are not pages. */

/**
 * A sandboxed document, `about:blank`, `data:` and `blob:` have no origin or no page of their own that a review could be
 * stored under; `about:srcdoc` is how chat widgets are framed. `location` would still show an address in a sandboxed
 * document: only the origin tells.
 */
export function isEligible({ origin, location, document }: Pick<Window, 'origin' | 'location' | 'document'> = window) {
  const isPage = /^https?:/.test(location.href) || location.href === 'about:srcdoc';
  return isPage && /^https?:/.test(origin) && /html/.test(document.contentType);
}
