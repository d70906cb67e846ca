/** What is asked of Langfuse's public API, and what its answers say. */
import * as z from 'zod/mini';
import { apiRequest, readJson } from '../api.ts';
import { isHtml, misconfigured, readRefusal } from '../http.ts';
import { retryAfterMs } from '../retry-after.ts';
import type { BatchOutcome, Destination, HttpReply, HttpRequest } from '../types.ts';
import { configSchema, type ScoreConfig } from './scores.ts';

/** What an exchange asks, and what it learns from the answers. */
export type Asking<Learnt> = AsyncGenerator<HttpRequest, Learnt | { readonly outcome: BatchOutcome }, HttpReply>;

export const strange: BatchOutcome = misconfigured('does not answer as Langfuse does.');

/** Whether there is a secret key too: only then may anything be read or deleted. */
export const hasBoth = ({ token }: Destination) => token?.includes(':') === true;

/** Both keys are Basic credentials; the public key alone is a bearer token that may write scores. */
function authorization(destination: Destination): string {
  const token = destination.token ?? '';
  return hasBoth(destination) ? `Basic ${btoa(token)}` : `Bearer ${token}`;
}

export const ask = (destination: Destination, method: HttpRequest['method'], path: string, body?: unknown) =>
  apiRequest(destination, { authorization: authorization(destination) }, method, `api/public/${path}`, body);

/** 422 is Langfuse's word for a request that took it too long. */
const overdue = (reply: HttpReply, now: number): BatchOutcome | null =>
  reply.status !== 422
    ? null
    : { kind: 'later', retryAfterMs: retryAfterMs(reply.headers, now), reason: 'Langfuse took too long to answer.' };

/** The JSON that Langfuse answered with. */
export function read(reply: HttpReply, now: number): ReturnType<typeof readJson> {
  const late = overdue(reply, now);
  return late ? { outcome: late } : readJson(reply, now);
}

/** Null where something was deleted, or is not there. */
export function refusedDeletion(reply: HttpReply, now: number): BatchOutcome | null {
  if (reply.status === 404 && !isHtml(reply)) return null;
  const refusal = overdue(reply, now) ?? readRefusal(reply, now);
  return refusal ?? (isHtml(reply) ? misconfigured('answers with a web page, perhaps a login page.') : null);
}

const PAGES = 5;
const PAGE_SIZE = 100;
/** Scores repeat what their metadata holds, in bytes. */
const LONG_REPLY = 4 * 1024 * 1024;

const configsSchema = z.object({ data: z.array(z.unknown()), meta: z.object({ totalPages: z.number() }) });

/** The project's score configs that can be understood. */
export async function* configsOf(destination: Destination, now: number): Asking<readonly ScoreConfig[]> {
  const configs: ScoreConfig[] = [];
  for (let page = 1; page <= PAGES; page += 1) {
    const said = read(yield ask(destination, 'GET', `score-configs?limit=${PAGE_SIZE}&page=${page}`), now);
    if (said.outcome) return said;
    const parsed = configsSchema.safeParse(said.value);
    if (!parsed.success) return { outcome: strange };
    for (const each of parsed.data.data) {
      const config = configSchema.safeParse(each);
      if (config.success) configs.push(config.data);
    }
    if (page >= parsed.data.meta.totalPages) break;
  }
  return configs;
}

const subjectSchema = z.object({ kind: z.string(), id: z.string(), traceId: z.optional(z.string()) });
const storedSchema = z.object({
  id: z.string(),
  metadata: z.optional(z.unknown()),
  traceId: z.optional(z.nullable(z.string())),
  subject: z.optional(z.nullable(subjectSchema)),
});
const scoresSchema = z.object({
  data: z.array(z.unknown()),
  meta: z.object({ cursor: z.optional(z.nullable(z.string())), totalPages: z.optional(z.number()) }),
});

/** A score as Langfuse has it. */
export interface StoredScore {
  readonly id: string;
  readonly traceId: string | null;
  /** Of the review; 0 where it says none. */
  readonly revision: number;
}

function storedScore(value: unknown): StoredScore | null {
  const parsed = storedSchema.safeParse(value);
  if (!parsed.success) return null;
  const { id, metadata, traceId, subject } = parsed.data;
  const told = typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'countersign_revision') : null;
  const revision = Number(told);
  return {
    id,
    traceId: traceId ?? subject?.traceId ?? (subject?.kind === 'trace' ? subject.id : null),
    revision: Number.isSafeInteger(revision) ? revision : 0,
  };
}

/**
 * The scores of a trace, or the one of that id. Langfuse 4 answers at `v3`, with cursors; an older one, which has no such
 * address, at `v2`, with pages. `whole` is false where there are more than were looked at.
 */
export async function* scoresBy(
  filter: { readonly trace: string } | { readonly id: string },
  destination: Destination,
  now: number,
): Asking<{ readonly scores: readonly StoredScore[]; readonly whole: boolean }> {
  const scores: StoredScore[] = [];
  const value = encodeURIComponent('trace' in filter ? filter.trace : filter.id);
  const [v3, v2] = 'trace' in filter ? ['traceId', 'traceId'] : ['id', 'scoreIds'];
  let old = false;
  let next = '';
  for (let page = 1; page <= PAGES; ) {
    const path = old
      ? `v2/scores?${v2}=${value}&limit=${PAGE_SIZE}&page=${page}`
      : `v3/scores?${v3}=${value}&fields=core,details,subject&limit=${PAGE_SIZE}${next}`;
    const reply = yield { ...ask(destination, 'GET', path), replyLimit: LONG_REPLY };
    if (reply.status === 404 && !old && page === 1) {
      old = true;
      continue;
    }
    const said = read(reply, now);
    if (said.outcome) return said;
    const parsed = scoresSchema.safeParse(said.value);
    if (!parsed.success) return { outcome: strange };
    const { data, meta } = parsed.data;
    scores.push(...data.map(storedScore).filter((score) => score !== null));
    if (old ? page >= (meta.totalPages ?? 0) : !meta.cursor) return { scores, whole: true };
    next = `&cursor=${encodeURIComponent(meta.cursor ?? '')}`;
    page += 1;
  }
  return { scores, whole: false };
}
