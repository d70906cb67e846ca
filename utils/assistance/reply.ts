/** What a model said, read as a proposal. It is foreign: everything is checked, what does not fit is left out. */
import * as z from 'zod/mini';
import { NOTE_LIMIT, REVIEWER_TEXT_LIMIT } from '../review/limits.ts';
import { MOST_FINDINGS, MOST_LABELS } from './question.ts';
import { completeSoFar } from './so-far.ts';

z.config({ jitless: true });

const text = (limit: number) => z.string().check(z.maxLength(limit));
const optional = (limit: number) => z.optional(z.nullable(text(limit)));
const findingSchema = z.object({
  quote: text(REVIEWER_TEXT_LIMIT).check(z.regex(/\S/)),
  label: optional(64),
  note: optional(NOTE_LIMIT),
  replacement: optional(REVIEWER_TEXT_LIMIT),
});
const replySchema = z.object({
  labels: z.optional(z.nullable(z.array(z.unknown()))),
  findings: z.optional(z.nullable(z.array(z.unknown()))),
  correction: z.optional(z.nullable(z.unknown())),
});
const labelSchema = text(64);
const correctionSchema = text(REVIEWER_TEXT_LIMIT);

/** One finding as the model put it. */
type ReplyFinding = z.infer<typeof findingSchema>;

/** A proposal as the model put it; placeholders are still in it. */
export interface Reply {
  readonly labels: readonly string[];
  readonly findings: readonly ReplyFinding[];
  readonly correction: string | null;
}

const fitting = <T>(items: readonly unknown[] | null | undefined, schema: z.ZodMiniType<T>): T[] =>
  (items ?? []).flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });

function replyOf(json: string | null): Reply | null {
  let value: unknown;
  try {
    value = JSON.parse(json ?? '');
  } catch {
    return null;
  }
  const parsed = replySchema.safeParse(value);
  if (!parsed.success) return null;
  const { labels, findings, correction } = parsed.data;
  if (labels === undefined && findings === undefined && correction === undefined) return null;
  return {
    labels: [...new Set(fitting(labels, labelSchema))].slice(0, MOST_LABELS),
    findings: fitting(findings, findingSchema).slice(0, MOST_FINDINGS),
    correction: fitting([correction], correctionSchema)[0] ?? null,
  };
}

/** Without what a model thought aloud before answering; null while it still does. */
export function withoutThoughts(said: string): string | null {
  const begin = /^\s*<think(?:ing)?>/.exec(said);
  if (!begin) return said;
  const end = /<\/think(?:ing)?>/.exec(said);
  return end ? said.slice(end.index + end[0].length) : null;
}

/** The proposal as far as it is complete, while more of it is coming; null before that. */
export function replySoFar(said: string): Reply | null {
  const answer = withoutThoughts(said) ?? '';
  const start = answer.indexOf('{');
  return start < 0 ? null : replyOf(completeSoFar(answer.slice(start)));
}

/** The proposal in all that a model said: as it is, in a fence, or between other words. Null where there is none. */
export function readReply(said: string): Reply | null {
  const answer = withoutThoughts(said) ?? '';
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n\s*```/i.exec(answer)?.[1] ?? null;
  const braced = answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
  return replyOf(answer.trim()) ?? replyOf(fenced) ?? replyOf(braced) ?? replySoFar(said);
}
