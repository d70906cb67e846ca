/** Brings the memory of corrections up to what is stored: once, after an update that brought it or makes it otherwise. */
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { sketchProgress } from '../../utils/storage/sketched.ts';

/** Slice by slice, so that nobody waits long; a background that dies meanwhile goes on at its next start. */
export async function rememberStored(database: CountersignDatabase): Promise<void> {
  if ((await sketchProgress(database))?.after === null) return;
  const { sketchMore } = await import('../../utils/storage/sketches.ts');
  while (await sketchMore(database)) await new Promise((resolve) => setTimeout(resolve));
}
