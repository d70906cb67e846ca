/** Match patterns as extensions know them: `https://*.example.org/path*`. */

const shape = /^(\*|https?):\/\/(\*|(?:\*\.)?[^/*:]+)(?::(\*|\d+))?(\/.*)$/;
const literal = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** Whether an address is meant by the pattern; a pattern that is none means no address. Compare without fragment. */
export function matchesPattern(pattern: string, address: string): boolean {
  const parts = shape.exec(pattern);
  if (!parts) return false;
  const [, scheme, host = '', port, path = ''] = parts;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  const schemes = scheme === '*' ? ['http:', 'https:'] : [`${scheme}:`];
  const domain = host.startsWith('*.') ? host.slice(2) : host;
  const hostFits =
    host === '*' || url.hostname === domain || (host.startsWith('*.') && url.hostname.endsWith(`.${domain}`));
  const portFits = port === undefined || port === '*' || url.port === port;
  const pathFits = new RegExp(`^${path.split('*').map(literal).join('.*')}$`, 's').test(url.pathname + url.search);
  return schemes.includes(url.protocol) && hostFits && portFits && pathFits;
}
