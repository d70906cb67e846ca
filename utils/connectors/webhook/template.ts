/**
 * A template that says which fields of a review a webhook gets, and under which names: JSON whose strings may hold
 * `{{path}}`. It is data: a path looks a value up and does nothing else.
 */
import { err, ok, type Result } from '../../result.ts';
import { isDeletion, type WireEvent } from '../../review/wire.ts';

/** One sentence that says what is wrong with a template. */
type Complaint = string;

const DEPTH_LIMIT = 32;
const PLACEHOLDER_LIMIT = 256;
/** The most that a template makes of one event, in UTF-16 code units of JSON. */
const OUTPUT_LIMIT = 1024 * 1024;

const PLACEHOLDER = /\{\{\s*([\w.-]+)\s*\}\}/g;
const PATH = /^(?:review|ratings|event)(?:\.[\w-]+){0,16}$/;

/** What paths begin with. `ratings` has the value of each rated dimension by its id. */
function scopeOf(event: WireEvent) {
  const rated = isDeletion(event) ? [] : event.data.judgement.ratings;
  const ratings = Object.fromEntries(rated.map(({ dimension, value }) => [dimension, value]));
  return { event, review: event.data, ratings };
}

/** The value at a path; null where there is none. */
function valueAt(scope: object, path: string): unknown {
  let value: unknown = scope;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = Reflect.get(value, name);
  }
  return value ?? null;
}

/** A value with every string in it, but no key, replaced by what `text` makes of it. Rejects what lies too deep. */
function mapped(value: unknown, text: (each: string) => unknown, depth = 0): unknown {
  if (depth > DEPTH_LIMIT) throw new RangeError(`The template has more than ${DEPTH_LIMIT} levels.`);
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => mapped(each, text, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapped(each, text, depth + 1)]));
}

const asText = (value: unknown) =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** What is wrong with the placeholders of one string; null where nothing is. */
function complaintOf(text: string): Complaint | null {
  if (text.replace(PLACEHOLDER, '').includes('{{')) return `“${text.slice(0, 60)}” has {{ without a path and }}.`;
  for (const [, path = ''] of text.matchAll(PLACEHOLDER)) {
    if (!PATH.test(path)) return `{{${path}}} is no path: one begins with review, ratings or event.`;
  }
  return null;
}

/** What is wrong with a template; null where nothing is. */
export function templateFlaw(template: string): Complaint | null {
  let value: unknown;
  try {
    value = JSON.parse(template);
  } catch (error) {
    return `The template is not JSON: ${(error as Error).message}.`;
  }
  let placeholders = 0;
  let flaw: Complaint | null = null;
  try {
    mapped(value, (text) => {
      placeholders += text.match(PLACEHOLDER)?.length ?? 0;
      flaw ??= complaintOf(text);
    });
  } catch (error) {
    return (error as Error).message;
  }
  return placeholders > PLACEHOLDER_LIMIT ? `The template has more than ${PLACEHOLDER_LIMIT} placeholders.` : flaw;
}

/**
 * The event as the template says. A string that is one placeholder becomes the value itself, whatever its type, and null where
 * there is none; a placeholder among other words becomes text, and nothing where there is none.
 */
export function fillTemplate(template: string, event: WireEvent): Result<unknown, Complaint> {
  const flaw = templateFlaw(template);
  if (flaw !== null) return err(flaw);
  const scope = scopeOf(event);
  let left = OUTPUT_LIMIT;
  const look = (path: string) => {
    const value = valueAt(scope, path);
    left -= JSON.stringify(value).length;
    if (left < 0) throw new RangeError('The template makes more than 1 MB of this review.');
    return value;
  };
  try {
    return ok(
      mapped(JSON.parse(template), (text) => {
        const whole = /^\{\{\s*([\w.-]+)\s*\}\}$/.exec(text)?.[1];
        return whole === undefined ? text.replace(PLACEHOLDER, (_, path) => asText(look(path))) : look(whole);
      }),
    );
  } catch (error) {
    return err((error as Error).message);
  }
}

/** What a template makes of an event, as text to look at; for a form. */
export function previewTemplate(template: string, event: WireEvent): Result<string, Complaint> {
  const filled = fillTemplate(template, event);
  return filled.ok ? ok(JSON.stringify(filled.value, null, 2)) : filled;
}
