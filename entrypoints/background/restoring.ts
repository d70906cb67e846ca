/** Takes lines of a backup back; a part of its own, for it has to know the shape of all that a backup can hold. */
import { authorRuleSchema } from '../../utils/detection/rule-pack.ts';
import { siteRuleSchema } from '../../utils/detection/rule-schema.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { importLines } from '../../utils/storage/import-all.ts';

export const restore = (database: CountersignDatabase, lines: Parameters<typeof importLines>[1]) =>
  importLines(database, lines, { rule: siteRuleSchema, author: authorRuleSchema });
