/** What is anchored, and what comes of it. Offsets in UTF-16 code units. */
import type { Finding } from '../review/schema.ts';

/** What has to be known of a finding to find it again; a finding is one. */
export type Spot = Pick<Finding, 'id' | 'utf16' | 'quote' | 'orphan'>;

/** [start, end) of the text now. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Nothing is left of it, or nothing tells it from its doubles, or the text is another one altogether. */
export type Why = 'gone' | 'ambiguous' | 'unrelated';

export interface Anchored {
  readonly placed: readonly (Place & { readonly id: string })[];
  readonly orphans: readonly { readonly id: string; readonly why: Why }[];
}
