/**
 * Values and attributes of OTLP in its JSON encoding (opentelemetry-proto, docs/specification.md, "JSON Protobuf Encoding";
 * common.proto). 64-bit integers are decimal strings.
 */

export type AnyValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } }
  | { readonly kvlistValue: { readonly values: readonly KeyValue[] } };

export interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

/**
 * Numbers that count or place something. All others are doubles even where they are whole, as the convention says of scores:
 * a name whose type changes from record to record breaks tables.
 */
const counts = new Set(['revision', 'spent_ms', 'start', 'end', 'rank', 'length']);

/** An empty replacement says that the words go; other empty texts and lists say nothing. */
const isNothing = (name: string, value: unknown) =>
  value === null ||
  value === undefined ||
  (value === '' && name !== 'replacement') ||
  (Array.isArray(value) && value.length === 0);

function anyValue(name: string, value: unknown): AnyValue {
  switch (typeof value) {
    case 'number':
      return counts.has(name.replace(/^.*\./, '')) ? { intValue: String(value) } : { doubleValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'object':
      if (Array.isArray(value)) return { arrayValue: { values: value.map((each) => anyValue(name, each)) } };
      return { kvlistValue: { values: attributes(value ?? {}) } };
    default:
      return { stringValue: String(value) };
  }
}

/** The fields of an object as attributes; those that say nothing are left out. */
export const attributes = (fields: object): readonly KeyValue[] =>
  Object.entries(fields)
    .filter(([key, value]) => !isNothing(key, value))
    .map(([key, value]) => ({ key, value: anyValue(key, value) }));
