/** Writes docs/project.schema.json and docs/team.schema.json anew: `node scripts/project-schema.ts`, after a change of their shapes. */
import { writeFileSync } from 'node:fs';
import { projectJsonSchema } from './lib/project-schema.ts';
import { teamJsonSchema } from './lib/team-schema.ts';

writeFileSync(new URL('../docs/project.schema.json', import.meta.url), projectJsonSchema());
writeFileSync(new URL('../docs/team.schema.json', import.meta.url), teamJsonSchema());
