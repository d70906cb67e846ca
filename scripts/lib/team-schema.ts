/** The JSON Schema of the team file, made of the schema that checks it. */
import * as z from 'zod/mini';
import { teamSchema } from '../../utils/team/team-schema.ts';

/** As docs/team.schema.json has it, its last line end included. */
export function teamJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(teamSchema, { io: 'input' });
  const head = {
    $schema,
    $id: 'urn:countersign:team:1',
    title: 'Countersign team',
    description:
      'The shape of a team file: destinations, project, site rules, sites, settings. Addresses, tokens and patterns are checked when it is read; see teams.md.',
  };
  return `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`;
}
