/** The JSON Schema of the project file, made of the schema that checks it. */
import * as z from 'zod/mini';
import { projectSchema } from '../../utils/review/project-schema.ts';

/** As docs/project.schema.json has it, its last line end included. */
export function projectJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(projectSchema, { io: 'input' });
  const head = {
    $schema,
    $id: 'urn:countersign:project:1',
    title: 'Countersign project',
    description:
      'The shape of a project file: rubrics, topics, guidelines, policies. That ids are unique and conditions lead somewhere is checked at the import; see rubric.md.',
  };
  return `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`;
}
