/** How far the stored reviews are sketched: small, because the background looks at each start. */
import type { CountersignDatabase } from './database.ts';

/** Another way to sketch makes other numbers: what was sketched before is sketched anew. */
export const SKETCH_VERSION = 1;

/** Where the sketching of what was stored before stands. */
export interface Progress {
  readonly version: number;
  /** Key of the last revision that was looked at; null where all were. */
  readonly after: string | null;
}

export const PROGRESS = 'sketched';

/** How it stands with the present way to sketch; null where that has not begun. */
export async function sketchProgress({ values }: CountersignDatabase): Promise<Progress | null> {
  const stored = (await values.get(PROGRESS))?.value as Progress | undefined;
  return stored?.version === SKETCH_VERSION ? stored : null;
}
