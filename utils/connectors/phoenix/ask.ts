/** What Phoenix is asked, and what its answers mean where they mean something of their own. */
import * as z from 'zod/mini';
import { apiRequest, readJson, type Said } from '../api.ts';
import { misconfigured } from '../http.ts';
import type { BatchOutcome, Destination, HttpReply, HttpRequest } from '../types.ts';

/** What is looked back at may hold long texts, in bytes. */
const LOOK_BACK = 4 * 1024 * 1024;
/** Phoenix refuses everything once its disk is nearly full, until somebody makes room: ms to wait. */
const FULL_MS = 3_600_000;

export const strange: BatchOutcome = misconfigured('does not answer as Phoenix does.');

/** Asks, and answers what the exchange learnt, or the outcome that ends it. */
export type Asking<Learnt> = AsyncGenerator<HttpRequest, Learnt | { readonly outcome: BatchOutcome }, HttpReply>;

export function ask(
  destination: Destination,
  method: HttpRequest['method'],
  path: string,
  body?: unknown,
): HttpRequest {
  const { token } = destination;
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const request = apiRequest(destination, headers, method, `v1/${path}`, body);
  return method === 'GET' ? { ...request, replyLimit: LOOK_BACK } : request;
}

/** What Phoenix said: as `readJson`, but that a full disk takes long to mend. */
export function read(reply: HttpReply, now: number): Said {
  const said = readJson(reply, now);
  if (reply.status !== 507 || said.outcome?.kind !== 'later') return said;
  const retryAfterMs = said.outcome.retryAfterMs ?? FULL_MS;
  return { outcome: { kind: 'later', retryAfterMs, reason: 'Phoenix has no room left to store anything (507).' } };
}

const projectOf = ({ options }: Destination) => options?.project ?? 'default';

const noProject = (destination: Destination): BatchOutcome => ({
  kind: 'pause',
  reason: `Phoenix has no project “${projectOf(destination)}” at this address. Perhaps it was renamed or deleted.`,
  next: 'Correct the name of the project in this destination.',
});

/** What annotations hang on: spans, or whole traces. */
export type Kind = 'span' | 'trace';

const annotationsSchema = z.object({
  data: z.array(z.object({ name: z.string(), metadata: z.optional(z.unknown()) })).check(z.maxLength(1000)),
});
export type Stored = z.infer<typeof annotationsSchema>['data'];

const pathOf = (destination: Destination, kind: Kind, identifier: string) =>
  `projects/${encodeURIComponent(projectOf(destination))}/${kind}_annotations?identifier=${encodeURIComponent(identifier)}`;

/** The annotations that stand under this identifier. */
export async function* listStored(
  destination: Destination,
  kind: Kind,
  identifier: string,
  now: number,
): Asking<Stored> {
  const reply = yield ask(destination, 'GET', `${pathOf(destination, kind, identifier)}&limit=1000`);
  if (reply.status === 404) return { outcome: noProject(destination) };
  if (reply.status === 422) {
    return {
      outcome: misconfigured('does not find annotations by their identifier. Phoenix 15.3 or newer is needed.'),
    };
  }
  const said = read(reply, now);
  if (said.outcome) return said;
  const parsed = annotationsSchema.safeParse(said.value);
  return parsed.success ? parsed.data.data : { outcome: strange };
}

/** Deletes what stands under this identifier, or of it only what has this name; null where that is done. */
export async function* remove(
  destination: Destination,
  kind: Kind,
  identifier: string,
  name: string | null,
  now: number,
): AsyncGenerator<HttpRequest, BatchOutcome | null, HttpReply> {
  const narrow = name === null ? '' : `&name=${encodeURIComponent(name)}`;
  const reply = yield ask(destination, 'DELETE', `${pathOf(destination, kind, identifier)}&delete_all=true${narrow}`);
  if (reply.status === 204) return null;
  return reply.status === 404 ? noProject(destination) : (read(reply, now).outcome ?? strange);
}
