/** The shape of policies and triage terms in a project file, and in words what no shape can say of a policy. */
import * as z from 'zod/mini';
import { compilePattern } from '../privacy/pattern/match.ts';
import { PatternError } from '../privacy/pattern/syntax.ts';
import type { Policy } from './policy.ts';
import { host, id, list, some, text } from './project-shapes.ts';

/** As many as a review can name. */
const MAX_POLICIES = 64;

const time = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/));
const scope = z.optional(z.strictObject({ sites: z.optional(list(host, 50)), topics: z.optional(list(id, 50)) }));
const share = z.number().check(z.minimum(0), z.maximum(1));

/** The shape of one policy. */
const policySchema = z.strictObject({
  id,
  name: text(100),
  help: z.optional(text(2000)),
  demand: z.enum(['review', 'forbid', 'reason', 'approver']),
  severity: z.enum(['minor', 'major', 'critical']),
  stage: z.optional(z.enum(['answer', 'draft'])),
  phrases: z.optional(some(text(200), 100)),
  pattern: z.optional(text(1024)),
  within: z.optional(z.enum(['text', 'prompt'])),
  labels: z.optional(some(id, 32)),
  authors: z.optional(some(text(200), 50)),
  scope,
  hours: z.optional(
    z.strictObject({
      from: time,
      until: time,
      days: z.optional(some(z.int().check(z.minimum(0), z.maximum(6)), 7)),
    }),
  ),
});

export const policiesSchema = z.optional(list(policySchema, MAX_POLICIES));

/** How answers are chosen for a look. */
export const triageSchema = z.optional(
  z.strictObject({
    askFrom: z.optional(share),
    auditShare: z.optional(share),
    weights: z.optional(
      z.record(
        z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/)),
        z.number().check(z.minimum(-20), z.maximum(20)),
      ),
    ),
  }),
);

/** What is wrong with a policy by itself, with the field that it is about; null for nothing. */
export function policyFlaw(policy: Policy): { readonly field: string; readonly words: string } | null {
  const { pattern, phrases, within } = policy;
  if (within !== undefined && pattern === undefined && phrases === undefined)
    return { field: 'within', words: 'says where to look, and no phrase or pattern says for what' };
  if (pattern === undefined) return null;
  try {
    compilePattern(pattern);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof PatternError)) throw thrown;
    return { field: 'pattern', words: `cannot be used. ${thrown.message.replace(/\.$/, '')}` };
  }
}
