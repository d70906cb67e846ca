/** Match patterns of whole hosts: all that a permission, and the registration of a script, can say. */

const shape = /^(\*|https?):\/\/([^/:]+)/;

const partsOf = (pattern: string): readonly [scheme: string, host: string] => {
  const [, scheme = '', host = ''] = shape.exec(pattern) ?? [];
  return [scheme, host];
};

/** The pattern without its path, and without a port, which Firefox does not know. */
export function wholeHost(pattern: string): string {
  const [scheme, host] = partsOf(pattern);
  return `${scheme}://${host}/*`;
}

/** Whether everything on `narrow` is on `wide` too; both are patterns of whole hosts, and any path is taken for one. */
export function coversHost(wide: string, narrow: string): boolean {
  const [wideScheme, wideHost] = partsOf(wide);
  const [scheme, host] = partsOf(narrow);
  if (wideHost === '' || host === '' || (wideScheme !== '*' && wideScheme !== scheme)) return false;
  if (wideHost === '*' || wideHost === host) return true;
  return wideHost.startsWith('*.') && (host === wideHost.slice(2) || host.endsWith(wideHost.slice(1)));
}

/** The two patterns' common part: the narrower one, with the narrower scheme; null where they have none. */
function common(a: string, b: string): string | null {
  const [[schemeA, hostA], [schemeB, hostB]] = [partsOf(a), partsOf(b)];
  if (schemeA !== '*' && schemeB !== '*' && schemeA !== schemeB) return null;
  const scheme = schemeA === '*' ? schemeB : schemeA;
  const [wholeA, wholeB] = [`${scheme}://${hostA}/*`, `${scheme}://${hostB}/*`];
  if (coversHost(wholeA, wholeB)) return wholeB;
  return coversHost(wholeB, wholeA) ? wholeA : null;
}

/** What is granted of what is named: whole-host patterns, none inside another, sorted. */
export function commonHosts(granted: readonly string[], named: readonly string[]): string[] {
  const all = new Set(granted.flatMap((grant) => named.map((name) => common(grant, name))));
  all.delete(null);
  const found = [...(all as Set<string>)];
  return found.filter((one) => !found.some((other) => other !== one && coversHost(other, one))).sort();
}
