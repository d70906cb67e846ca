/** What zod found, in words: zod/mini brings no sentences of its own. For files that people write: rule packs, projects. */
import type * as z from 'zod/mini';

/** Something from a file as a complaint may repeat it. */
export const quoted = (value: unknown) => `"${String(value).slice(0, 64)}"`;

/** An issue as the end of a sentence that begins with the name of the field. */
export function issueWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `has the key ${quoted(issue.keys[0])}, which this version does not know`;
    case 'too_big':
      return issue.origin === 'array' ? `has more than ${issue.maximum} entries` : `is larger than ${issue.maximum}`;
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array' ? 'is empty' : `is smaller than ${issue.minimum}`;
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `is not of the type ${issue.expected}`;
    case 'invalid_value':
      return `is not ${issue.values.map(quoted).join(' or ')}`;
    case 'invalid_union':
      return issue.discriminator === undefined
        ? 'is not of any form that is asked for'
        : 'is none that this version knows';
    case 'invalid_format':
      return 'is not of the form that is asked for';
    default:
      return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  }
}

/** The path of the offending value, dotted and bounded. */
export const pathOf = (path: readonly PropertyKey[]) =>
  path
    .map((part) => String(part).slice(0, 64))
    .join('.')
    .slice(0, 200);
