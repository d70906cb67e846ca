/** Writes docs/project.schema.json anew: `node scripts/project-schema.ts`, after a change of the project's shape. */
import { writeFileSync } from 'node:fs';
import { projectJsonSchema } from './lib/project-schema.ts';

writeFileSync(new URL('../docs/project.schema.json', import.meta.url), projectJsonSchema());
