/** The JSON Schema of the project file, made of the schema that checks it. */
import { projectSchema } from '../../utils/review/project-schema.ts';
import { publishedSchema } from './published-schema.ts';

/** As docs/project.schema.json has it, its last line end included. */
export const projectJsonSchema = (): string =>
  publishedSchema(projectSchema, {
    $id: 'urn:countersign:project:1',
    title: 'Countersign project',
    description:
      'The shape of a project file: rubrics, topics, guidelines, policies. That ids are unique and conditions lead somewhere is checked at the import; see rubric.md.',
  });
