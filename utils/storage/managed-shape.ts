/** Checks what comes from the browser's managed policy: each field for itself, so that a mistake in one leaves the others in force. */
import type * as z from 'zod/mini';
import { compileRules } from '../privacy/customer-rules.ts';
import { issueWords, pathOf } from '../review/issue-words.ts';
import type { Policy } from '../review/policy.ts';
import { policiesSchema, policyFlaw, triageSchema } from '../review/policy-schema.ts';
import { assistanceSchema } from '../review/project-schema.ts';
import { lockable, type Managed } from './managed.ts';
import { type Settings, settingsSchema } from './settings-shape.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What of it is in force. `raw` as the browser has it. */
export function readManaged(raw: unknown): Managed {
  const problems: string[] = [];
  const given = isRecord(raw) ? raw : {};
  /** The value at `name`, if its schema takes it. */
  function take<T>(from: Record<string, unknown>, name: string, schema: z.ZodMiniType<T>, path = name): T | undefined {
    if (!Object.hasOwn(from, name)) return undefined;
    const parsed = schema.safeParse(from[name], { reportInput: true });
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0] as z.core.$ZodIssue;
    const below = pathOf(issue.path);
    problems.push(`${path}${below && `.${below}`}: ${issueWords(issue)}.`);
    return undefined;
  }

  const known = new Set(['settings', 'policies', 'triage', 'assistance']);
  for (const name of Object.keys(given)) if (!known.has(name)) problems.push(`${name}: is not known.`);
  const settings: Partial<Settings> = {};
  const fields = isRecord(given.settings) ? given.settings : {};
  for (const name of Object.keys(fields))
    if (!lockable.some((one) => one === name)) problems.push(`settings.${name}: cannot be set for others.`);
  for (const name of lockable) {
    const value = take<unknown>(fields, name, settingsSchema.shape[name], `settings.${name}`);
    if (value !== undefined) Object.assign(settings, { [name]: value });
  }
  const rules = compileRules(settings.customerRules ?? []);
  if (!rules.ok) {
    problems.push(`settings.customerRules: ${rules.error.message}`);
    delete settings.customerRules;
  }
  const triage = take(given, 'triage', triageSchema);
  const assistance = take(given, 'assistance', assistanceSchema);
  return {
    settings,
    policies: usable(take(given, 'policies', policiesSchema) ?? [], problems),
    ...(triage && { triage }),
    ...(assistance && { assistance }),
    problems,
  };
}

/** Those that can be applied; the others are named. */
function usable(policies: readonly Policy[], problems: string[]): Policy[] {
  return policies.filter((policy, index) => {
    const flaw = policyFlaw(policy);
    if (flaw) problems.push(`policies.${index}.${flaw.field}: ${flaw.words}.`);
    const twice = policies.findIndex(({ id }) => id === policy.id) < index;
    if (twice) problems.push(`policies.${index}.id: another policy has this id.`);
    return !flaw && !twice;
  });
}
