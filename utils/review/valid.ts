/**
 * Whether a value is valid, several times as fast as asking its schema: the schema's definition becomes a nest of functions once,
 * without making code from text. Where thousands of records come in, asking zod takes several times as long as parsing
 * them, most of it for copies and issues that nobody looks at.
 */
import type * as z from 'zod/mini';

type Check = (value: unknown) => boolean;

/** As much of a schema's definition, or of a check's, as is looked at here. */
interface Definition {
  readonly type: string;
  readonly check?: string;
  readonly checks?: readonly { readonly _zod: { readonly def: object } }[];
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly value?: number;
  readonly inclusive?: boolean;
  readonly fn?: (value: unknown) => unknown;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly keyType?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
}

const definitionOf = (part: { readonly _zod: { readonly def: object } }) => part._zod.def as Definition;

/** What is not known here is for the schema to say. */
const unsure: Check = () => false;

const matches =
  (pattern: RegExp): Check =>
  (value) => {
    pattern.lastIndex = 0;
    return pattern.test(value as string);
  };

/** The condition that a check adds to a value of the right type. */
function condition({ check, minimum, maximum, pattern, value: limit, inclusive, fn, format }: Definition): Check {
  const lengthOf = (value: unknown) => (value as string | readonly unknown[]).length;
  if (check === 'min_length' && minimum !== undefined) return (value) => lengthOf(value) >= minimum;
  if (check === 'max_length' && maximum !== undefined) return (value) => lengthOf(value) <= maximum;
  if (check === 'string_format' && pattern && (format === 'regex' || format === 'datetime')) return matches(pattern);
  if (check === 'number_format' && format === 'safeint') return Number.isSafeInteger;
  if (check === 'greater_than' && typeof limit === 'number')
    return (value) => (value as number) > limit || (inclusive === true && value === limit);
  if (check === 'less_than' && typeof limit === 'number')
    return (value) => (value as number) < limit || (inclusive === true && value === limit);
  if (check === 'custom' && fn) return (value) => fn(value) === true;
  return unsure;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects with these keys and no others: a schema that drops unknown ones would not leave the value as it is. */
function objectOf(shape: Readonly<Record<string, z.core.$ZodType>>): Check {
  const parts = Object.entries(shape).map(([key, schema]) => [key, checker(schema)] as const);
  const known = new Set(Object.keys(shape));
  return (value) => {
    if (!isRecord(value)) return false;
    for (const key of Object.keys(value)) if (!known.has(key)) return false;
    for (const [key, holds] of parts) if (!holds(value[key])) return false;
    return true;
  };
}

function recordOf(keyType: z.core.$ZodType, valueType: z.core.$ZodType): Check {
  if (definitionOf(keyType).type !== 'string') return unsure;
  const [isKey, isValue] = [checker(keyType), checker(valueType)];
  return (value) =>
    isRecord(value) &&
    Object.entries(value).every(([key, inner]) => key !== '__proto__' && isKey(key) && isValue(inner));
}

/** The type itself, without the checks on it. */
function typed(definition: Definition): Check {
  const { type, format, values, entries, shape, innerType, element, options, keyType, valueType } = definition;
  if (type === 'string') return (value) => typeof value === 'string';
  if (type === 'number') return (value) => Number.isFinite(value);
  if (type === 'boolean') return (value) => typeof value === 'boolean';
  if (type === 'literal' && values) return (value) => values.includes(value);
  if (type === 'enum' && entries && format === undefined) {
    const all = new Set(Object.values(entries));
    return (value) => all.has(value);
  }
  if (type === 'object' && shape) return objectOf(shape);
  if (type === 'record' && keyType && valueType) return recordOf(keyType, valueType);
  if (type === 'union' && options) {
    const some = options.map(checker);
    return (value) => some.some((holds) => holds(value));
  }
  if (!innerType && !element) return unsure;
  const holds = checker((innerType ?? element) as z.core.$ZodType);
  if (type === 'nullable') return (value) => value === null || holds(value);
  if (type === 'optional') return (value) => value === undefined || holds(value);
  if (type === 'array') return (value) => Array.isArray(value) && value.every(holds);
  return unsure;
}

/**
 * Answers a function that is true only for what the schema takes and leaves as it is. Where it is false, ask the schema: it has
 * the words, and may take the value after all where it knows kinds of schema that this does not.
 */
export function checker(schema: z.core.$ZodType): Check {
  const definition = definitionOf(schema);
  // A string or number of a format is its own check.
  const own = definition.check === undefined ? [] : [condition(definition)];
  const conditions = [...own, ...(definition.checks ?? []).map((check) => condition(definitionOf(check)))];
  const is = typed(definition);
  if (conditions.length === 0) return is;
  return (value) => is(value) && conditions.every((holds) => holds(value));
}
