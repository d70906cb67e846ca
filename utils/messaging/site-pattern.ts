/** Sites as the browser's permissions know them. */

/**
 * The match pattern of an http(s) origin, for `permissions.request` and everything that follows from it. Without the
 * port, which Firefox's patterns do not know: a permission is for the host.
 */
export function sitePattern(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

/** Those of the granted patterns that are web sites. */
export function webPatterns(origins: readonly string[] | undefined): string[] {
  return (origins ?? []).filter((pattern) => /^(https?|\*):\/\//.test(pattern)).sort();
}
