/** A JSON Schema for the docs, made of the schema that checks. */
import * as z from 'zod/mini';

/** As the file in docs has it, its last line end included; `about` is its own head. */
export function publishedSchema(
  schema: z.core.$ZodType,
  about: { readonly $id: string; readonly title: string; readonly description: string },
): string {
  const { $schema, ...shape } = z.toJSONSchema(schema, { io: 'input' });
  return `${JSON.stringify({ $schema, ...about, ...shape }, null, 2)}\n`;
}
