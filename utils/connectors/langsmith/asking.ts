/** What is asked of LangSmith's API, and what its answers say. */
import * as z from 'zod/mini';
import { apiRequest, readJson } from '../api.ts';
import { isHtml, isJson, misconfigured, readRefusal } from '../http.ts';
import { revisionOf } from '../record.ts';
import type { BatchOutcome, Destination, HttpReply, HttpRequest } from '../types.ts';

/** What an exchange asks, and what it learns from the answers. */
export type Asking<Learnt> = AsyncGenerator<HttpRequest, Learnt | { readonly outcome: BatchOutcome }, HttpReply>;

export const strange: BatchOutcome = misconfigured('does not answer as LangSmith does.');

export const projectOf = ({ options }: Destination): string => options?.project ?? '';

export function ask(destination: Destination, method: HttpRequest['method'], path: string, body?: unknown) {
  const workspace = destination.options?.workspace;
  const headers = {
    ...(destination.token === null ? {} : { 'x-api-key': destination.token }),
    ...(workspace ? { 'x-tenant-id': workspace } : {}),
  };
  return apiRequest(destination, headers, method, path, body);
}

/** Whether the thing asked for is not there. A bare “Not Found” is said of an address that leads to nothing at all. */
export function isAbsent(reply: HttpReply): boolean {
  if (reply.status !== 404 || !isJson(reply)) return false;
  try {
    const said: unknown = JSON.parse(reply.body);
    return typeof said === 'object' && said !== null && Reflect.get(said, 'detail') !== 'Not Found';
  } catch {
    return false;
  }
}

/** Null where something was changed or deleted; `absent` where it is not there. */
export function done(reply: HttpReply, now: number): BatchOutcome | 'absent' | null {
  if (isAbsent(reply)) return 'absent';
  const refusal = readRefusal(reply, now);
  return refusal ?? (isHtml(reply) ? misconfigured('answers with a web page, perhaps a login page.') : null);
}

/** Why feedback cannot be kept: null where the project is there. */
export async function* missingProject(
  destination: Destination,
  now: number,
): AsyncGenerator<HttpRequest, BatchOutcome | null, HttpReply> {
  const project = projectOf(destination);
  const reply = yield ask(destination, 'GET', `sessions/${project}`);
  if (isAbsent(reply)) {
    const reason = `LangSmith has no project ${project} that this key may see.`;
    return { kind: 'pause', reason, next: 'Take the project’s id from its address, or a key of its workspace.' };
  }
  const said = readJson(reply, now);
  return said.outcome ?? (Reflect.get(Object(said.value), 'id') === project.toLowerCase() ? null : strange);
}

const nullish = <T extends z.ZodMiniType>(type: T) => z.optional(z.nullable(type));
const storedSchema = z.object({
  id: z.string().check(z.regex(/^[0-9a-f-]{36}$/)),
  run_id: nullish(z.string().check(z.regex(/^[0-9a-f-]{36}$/))),
  feedback_source: nullish(z.object({ metadata: nullish(z.record(z.string(), z.unknown())) })),
});

/** A feedback as LangSmith has it. */
export interface StoredFeedback {
  readonly id: string;
  readonly runId: string | null;
  /** The revision that made it; 0 where it says none. Changes leave it as it was. */
  readonly revision: number;
  /** The review that it says it belongs to. */
  readonly review: unknown;
}

function storedFeedback(value: unknown): StoredFeedback | null {
  const parsed = storedSchema.safeParse(value);
  if (!parsed.success) return null;
  const { id, run_id, feedback_source } = parsed.data;
  const metadata = feedback_source?.metadata ?? {};
  return { id, runId: run_id ?? null, revision: revisionOf(metadata), review: metadata.countersign_review };
}

/** Feedback repeats what its metadata holds, in bytes. */
const LONG_REPLY = 4 * 1024 * 1024;
const PAGES = 5;
const PAGE_SIZE = 100;

/** One feedback; null where there is none. */
export async function* feedbackBy(id: string, destination: Destination, now: number): Asking<StoredFeedback | null> {
  const reply = yield { ...ask(destination, 'GET', `feedback/${id}`), replyLimit: LONG_REPLY };
  if (isAbsent(reply)) return null;
  const said = readJson(reply, now);
  if (said.outcome) return said;
  const stored = storedFeedback(said.value);
  return stored?.id === id ? stored : { outcome: strange };
}

/** All feedback that a run has of a review, among its first 500. */
export async function* feedbackOn(
  run: string,
  review: string,
  destination: Destination,
  now: number,
): Asking<readonly StoredFeedback[]> {
  const theirs: StoredFeedback[] = [];
  for (let page = 0; page < PAGES; page += 1) {
    const path = `feedback?run=${run}&limit=${PAGE_SIZE}&offset=${page * PAGE_SIZE}`;
    const said = readJson(yield { ...ask(destination, 'GET', path), replyLimit: LONG_REPLY }, now);
    if (said.outcome) return said;
    if (!Array.isArray(said.value)) return { outcome: strange };
    const stored = said.value.map(storedFeedback).filter((each) => each !== null);
    theirs.push(...stored.filter((each) => each.review === review));
    if (said.value.length < PAGE_SIZE) break;
  }
  return theirs;
}
