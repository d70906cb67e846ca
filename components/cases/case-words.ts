/** Cases in words. */
import type { CaseRow } from './types.ts';

export const stateWords: Readonly<Record<CaseRow['state'], string>> = {
  open: 'Open',
  ruled: 'Ruled',
  closed: 'Closed',
};
