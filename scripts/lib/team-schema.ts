/** The JSON Schema of the team file, made of the schema that checks it. */
import { teamSchema } from '../../utils/team/team-schema.ts';
import { publishedSchema } from './published-schema.ts';

/** As docs/team.schema.json has it, its last line end included. */
export const teamJsonSchema = (): string =>
  publishedSchema(teamSchema, {
    $id: 'urn:countersign:team:1',
    title: 'Countersign team',
    description:
      'The shape of a team file: destinations, project, site rules, sites, settings. Addresses, tokens and patterns are checked when it is read; see teams.md.',
  });
