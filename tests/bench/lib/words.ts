/** Prose as people write it, for records that pack as real ones do: lists of a few words pack far too well. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../../scripts/lib/run.ts';

/** The pages of docs/, one after the other. */
export function corpus(): string {
  const docs = join(repository, 'docs');
  const pages = readdirSync(docs).filter((name) => name.endsWith('.md') && name !== 'performance.md');
  const texts = pages.sort().map((name) => readFileSync(join(docs, name), 'utf8'));
  return texts.join('\n').replace(/[|`*#]+/g, ' ');
}
