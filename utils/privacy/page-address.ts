/** The address of a page as it may leave: without query, fragment and credentials; its path is checked like text. */

/** What of a URL may be looked at and sent. An address that cannot be parsed is cut at its first `?` or `#`. */
export function plainAddress(address: string): string {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return address.replace(/[?#].*$/s, '');
  }
  // data: and blob: carry content in their path.
  if (!/^https?:$/.test(url.protocol))
    return /^(?:file|ftp):$/.test(url.protocol) ? url.href.replace(/[?#].*$/s, '') : url.protocol;
  return url.origin + url.pathname;
}

/** Origin and path apart: hosts are the site's name and stay, even where they are an IP address. */
export function splitAddress(address: string): readonly [origin: string, path: string] {
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(address)?.[0] ?? '';
  return [origin, address.slice(origin.length)];
}
