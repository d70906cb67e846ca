/** Fetches the team's rule pack, under the same rules as delivery: the server is as hostile as any endpoint. */
import { readAddress } from '../connectors/address.ts';
import type { HttpReply } from '../connectors/types.ts';
import { send, TIMEOUT_MS } from '../delivery/transport.ts';
import { PACK_LIMIT, readPack } from '../detection/rule-pack.ts';
import type { CountersignDatabase } from '../storage/database.ts';
import { notePack, putTeamPack } from '../storage/rules.ts';
import { type StoredPack, storedPack } from '../storage/stored-rules.ts';

export interface PackParts {
  readonly database: CountersignDatabase;
  readonly fetch: typeof fetch;
  /** ms since 1970. */
  readonly now: () => number;
}

/** The token of a destination on the origin of the pack: whoever may deliver to a project may read its rules. */
async function tokenFor(database: CountersignDatabase, url: string): Promise<string | null> {
  const { origin } = new URL(url);
  const there = (row: { readonly url: string }) => URL.canParse(row.url) && new URL(row.url).origin === origin;
  const rows = await database.destinations.filter((row) => row.token !== null && there(row)).toArray();
  return rows[0]?.token ?? null;
}

/** One request, or two: a server that admits extensions may still not admit the header that asks for news only. */
async function ask({ database, fetch, now }: PackParts, { url, etag }: StoredPack): Promise<HttpReply | null> {
  const until = now() + TIMEOUT_MS;
  const token = await tokenFor(database, url);
  const get = (more: Readonly<Record<string, string>>) => {
    const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
    const headers = { accept: 'application/json', ...authorization, ...more };
    return send({ method: 'GET', url, headers, body: '' }, fetch, Math.max(1, until - now()), PACK_LIMIT);
  };
  const reply = etag === null ? null : await get({ 'if-none-match': etag });
  return reply ?? (await get({}));
}

/** What is wrong with a reply, in words; null for a whole one that may hold a pack. */
function refusal(reply: HttpReply | null): string | null {
  if (reply === null) return 'The server cannot be reached, or does not admit extensions (CORS).';
  const { status, end } = reply;
  if (status === 0 || (status >= 300 && status < 400))
    return 'The address redirects elsewhere; enter where it leads to.';
  if (status === 401 || status === 403) {
    return `The server refuses access (it answered ${status}). A destination on the same server with a valid token would open it.`;
  }
  if (status === 404 || status === 410) return `There is no rule pack at this address (the server answered ${status}).`;
  if (status !== 200) return `The server answered ${status}.`;
  if (end === 'too-long') return 'The pack is larger than 1 MB.';
  return end === 'broken' ? 'The answer broke off.' : null;
}

/**
 * Fetches the pack and puts it in the place of the one before, if all of it is good; whatever goes wrong is noted in words
 * and the last good one stays. Answers whether the rules changed. Does nothing where no address is set.
 */
export async function updateRulePack(parts: PackParts): Promise<boolean> {
  const { database, now } = parts;
  const stored = await storedPack(database);
  if (stored === null) return false;
  const { url } = stored;
  const at = () => new Date(now()).toISOString();
  const failed = async (problem: string) => {
    await notePack(database, { ...stored, triedAt: at(), problem });
    return false;
  };
  const address = readAddress(url);
  if (!address.ok) return failed(address.error);
  const reply = await ask(parts, stored);
  if (reply?.status === 304 && stored.version !== null) {
    await notePack(database, { ...stored, fetchedAt: at(), triedAt: at(), problem: null });
    return false;
  }
  const problem = refusal(reply);
  if (problem !== null || reply === null) return failed(problem ?? '');
  const pack = readPack(reply.body);
  if (!pack.ok) return failed(pack.error.message);
  return putTeamPack(database, pack.value, { url, etag: reply.headers.get('etag')?.slice(0, 512) ?? null, now: now() });
}
