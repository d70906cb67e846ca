/** Request and answer schemas of vendors' OpenAPI documents (3.0), as validators that know no fields but those described. */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const formats: Readonly<Record<string, RegExp | true>> = {
  double: true,
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  int64: true,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
};

const isObject = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON Schema of an OpenAPI 3.0 schema: `nullable` becomes a type, and what is not described is refused. */
function asJsonSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(asJsonSchema);
  if (!isObject(schema)) return schema;
  const { nullable, example: _, ...rest } = schema;
  const inner = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, asJsonSchema(value)]));
  const closed = isObject(rest.properties ?? null) && rest.additionalProperties === undefined && rest.type === 'object';
  const strict = closed ? { ...inner, additionalProperties: false } : inner;
  return nullable === true && typeof rest.type === 'string' ? { ...strict, type: [rest.type, 'null'] } : strict;
}

export interface OpenApi {
  /** Checks the body of a request to `path`, as `/v1/things/{id}`. */
  request(method: string, path: string): ValidateFunction;
  /** Checks an answer. */
  answer(method: string, path: string, status: number): ValidateFunction;
}

/** The document `name` of tests/fixtures/openapi. */
export function openApi(name: string): OpenApi {
  const url = new URL(`../fixtures/openapi/${name}.json`, import.meta.url);
  const document = JSON.parse(readFileSync(url, 'utf8')) as { paths: Record<string, Record<string, never>> };
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const [format, pattern] of Object.entries(formats)) ajv.addFormat(format, pattern);
  ajv.addSchema(asJsonSchema(document as unknown as Json) as object, 'document');
  const at = (...steps: readonly string[]) => {
    const pointer = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    return ajv.compile({ $ref: `document#/${pointer}` });
  };
  const content = ['content', 'application/json', 'schema'];
  return {
    request: (method, path) => at('paths', path, method, 'requestBody', ...content),
    answer: (method, path, status) => at('paths', path, method, 'responses', String(status), ...content),
  };
}
