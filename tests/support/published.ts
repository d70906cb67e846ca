/** The JSON Schemas that the docs publish, and whether something fits one of them. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** The file of docs as it stands, and a check by it alone. */
export function publishedSchema(file: string): { readonly text: string; readonly fits: ValidateFunction } {
  const text = readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictTypes: false, strictTuples: false });
  return { text, fits: ajv.compile(JSON.parse(text)) };
}
