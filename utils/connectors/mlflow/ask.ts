/** What MLflow is asked, and what its answers mean where they mean something of their own. */
import * as z from 'zod/mini';
import { apiRequest, readJson, type Said } from '../api.ts';
import { isJson, misconfigured } from '../http.ts';
import type { BatchOutcome, Destination, HttpReply, HttpRequest } from '../types.ts';
import { PART, REVIEW } from './assessments.ts';

/** A trace comes with all assessments of it, in bytes. */
const LOOK_BACK = 4 * 1024 * 1024;

export const strange: BatchOutcome = misconfigured('does not answer as MLflow 3 does.');

/** Asks, and answers what the exchange learnt, or the outcome that ends it. */
export type Asking<Learnt> = AsyncGenerator<HttpRequest, Learnt | { readonly outcome: BatchOutcome }, HttpReply>;

export function ask(
  destination: Destination,
  method: HttpRequest['method'],
  path: string,
  body?: unknown,
): HttpRequest {
  const { token } = destination;
  const credentials = token?.includes(':') ? `Basic ${btoa(token)}` : `Bearer ${token}`;
  const headers = token === null ? {} : { authorization: credentials };
  return { ...apiRequest(destination, headers, method, `api/${path}`, body), replyLimit: LOOK_BACK };
}

/** Whether MLflow itself says that there is no such thing, and not some server that has no such address. */
export function saysGone(reply: HttpReply): boolean {
  return reply.status === 404 && isJson(reply) && /"error_code"\s*:\s*"RESOURCE_DOES_NOT_EXIST"/.test(reply.body);
}

const storedSchema = z.object({
  assessment_id: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  metadata: z.optional(z.record(z.string(), z.string())),
  feedback: z.optional(z.unknown()),
});
const infoSchema = z.object({
  trace_id: z.string().check(z.regex(/^[\w.:-]{1,64}$/)),
  trace_location: z.optional(z.object({ mlflow_experiment: z.optional(z.object({ experiment_id: z.string() })) })),
  assessments: z.optional(z.array(z.unknown()).check(z.maxLength(10_000))),
  tags: z.optional(z.record(z.string(), z.string())),
});
const traceSchema = z.object({ trace: z.object({ trace_info: infoSchema }) });
const foundSchema = z.object({ traces: z.optional(z.array(infoSchema).check(z.maxLength(100))) });

/** An assessment as it stands at a trace. */
export interface Stored {
  readonly id: string;
  readonly part: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly isFeedback: boolean;
}

export interface Trace {
  readonly id: string;
  readonly experiment: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Those of one review. */
  readonly stored: readonly Stored[];
}

/** The trace as far as it matters to a review; of other assessments nothing is asked, whatever they look like. */
function traceFor(reviewId: string, info: z.infer<typeof infoSchema>): Trace {
  const stored = (info.assessments ?? []).flatMap((each) => {
    const parsed = storedSchema.safeParse(each);
    if (!parsed.success) return [];
    const { assessment_id: id, metadata = {}, feedback } = parsed.data;
    if (metadata[REVIEW] !== reviewId) return [];
    return [{ id, part: metadata[PART] ?? '', metadata, isFeedback: feedback !== undefined }];
  });
  const experiment = info.trace_location?.mlflow_experiment?.experiment_id ?? null;
  return { id: info.trace_id, experiment, tags: info.tags ?? {}, stored };
}

/** MLflow's own ids begin with `tr-`; those of OpenTelemetry stand behind that. */
const traceIdOf = (id: string) => (/^[0-9a-f]{32}$/.test(id) ? `tr-${id}` : id);

/** The trace with what stands there of a review; null where MLflow has none. */
export async function* readTrace(
  destination: Destination,
  id: string,
  reviewId: string,
  now: number,
): Asking<Trace | null> {
  const reply = yield ask(destination, 'GET', `3.0/mlflow/traces/${encodeURIComponent(traceIdOf(id))}`);
  if (saysGone(reply)) return null;
  const said = readJson(reply, now);
  if (said.outcome) return said;
  const parsed = traceSchema.safeParse(said.value);
  return parsed.success ? traceFor(reviewId, parsed.data.trace.trace_info) : { outcome: strange };
}

export const experimentsOf = ({ options }: Destination): readonly string[] =>
  (options?.experiments ?? '').split(',').map((id) => id.trim());

/** The traces that a tag marks, with what stands there of a review. */
export async function* findTraces(
  destination: Destination,
  tag: string,
  reviewId: string,
  now: number,
): Asking<readonly Trace[]> {
  const locations = experimentsOf(destination).map((id) => ({
    type: 'MLFLOW_EXPERIMENT',
    mlflow_experiment: { experiment_id: id },
  }));
  const filter = `tags.\`${tag}\` LIKE '%'`;
  const said: Said = readJson(
    yield ask(destination, 'POST', '3.0/mlflow/traces/search', { locations, filter, max_results: 100 }),
    now,
  );
  if (said.outcome) return said;
  const parsed = foundSchema.safeParse(said.value);
  if (!parsed.success) return { outcome: strange };
  return (parsed.data.traces ?? []).map((info) => traceFor(reviewId, info));
}

/** Does one thing that answers with nothing that matters; null where it is done. */
export async function* act(
  request: HttpRequest,
  now: number,
): AsyncGenerator<HttpRequest, BatchOutcome | null, HttpReply> {
  return readJson(yield request, now).outcome ?? null;
}
