/** What the views of cases show; the shape of the stored row. */
import type { Snapshot, Verdict } from '../../utils/review/schema.ts';

export interface CaseRow {
  readonly id: string;
  readonly site: string;
  readonly snapshot: Pick<Snapshot, 'text' | 'prompt' | 'pageTitle'>;
  readonly question: string;
  readonly entries: readonly { readonly by: string; readonly text: string; readonly at: string }[];
  readonly owner: string | null;
  readonly state: 'open' | 'ruled' | 'closed';
  readonly ruling: { readonly verdict: Verdict; readonly text: string; readonly clause: string | null } | null;
  readonly openedAt: string;
  readonly updatedAt: string;
}
