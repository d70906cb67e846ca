/**
 * Links that lead into a team: the address of a team file, that of a collector with the invitation behind the `#`, or any
 * address with the whole file behind it. Browsers send nothing of what stands behind the `#`.
 */
import { readAddress } from '../connectors/address.ts';
import { err, ok, type Result } from '../result.ts';
import type { TeamSource } from './types.ts';

/** The page of a collector that an invitation leads to, and where the file of that team is, both below the same path. */
const JOIN_PAGE = /\/join$/;
const TEAM_FILE_PATH = '/v1/team';
const FILE_PREFIX = 'team=';
/** A link with a file in it. */
const LINK_LIMIT = 500_000;

/** Where a link leads: to a file on a server, or to the file that it carries. */
export type TeamLink =
  | { readonly to: 'server'; readonly source: TeamSource }
  | { readonly to: 'file'; readonly packed: string };

/** Reads what was pasted or handed over. The error is one sentence. */
export function readTeamLink(typed: string): Result<TeamLink, string> {
  const link = typed.trim();
  if (link.length > LINK_LIMIT) return err('The link is too long to be one.');
  const [place = '', ...behind] = link.split('#');
  const fragment = behind.join('#');
  const address = readAddress(place);
  if (!address.ok) return err(address.error.replace('The address', 'The link'));
  if (fragment.startsWith(FILE_PREFIX)) return ok({ to: 'file', packed: fragment.slice(FILE_PREFIX.length) });
  if (fragment !== '' && !/^[\x21-\x7e]{1,4096}$/.test(fragment))
    return err('What stands behind the # of the link is no invitation. Copy the whole link again.');
  const { url } = address.value;
  if (JOIN_PAGE.test(url.pathname)) {
    if (fragment === '') return err('The link has no invitation behind the #. Copy the whole link.');
    url.pathname = url.pathname.replace(JOIN_PAGE, TEAM_FILE_PATH);
  }
  return ok({ to: 'server', source: { url: url.href, token: fragment === '' ? null : fragment } });
}

/** The text that was packed, at most `limit` characters of it; null where it is none, or more. */
export async function unpackTeam(packed: string, limit: number): Promise<string | null> {
  if (!/^[\w-]+$/.test(packed)) return null;
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
      if (text.length > limit) {
        await reader.cancel();
        return null;
      }
    }
  } catch {
    return null;
  }
}

/** A link that carries the file: `page` is any address ending in `/join` that says how to use it. */
export async function packTeam(json: string, page: string): Promise<string> {
  const packed = new Blob([json]).stream().pipeThrough(new CompressionStream('gzip'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return `${page}#${FILE_PREFIX}${btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}
