/** What became of proposals, as a review keeps it: beside the judgement, never in it. */
import type { AssistanceOutcome, Judgement, UnfinishedJudgement } from '../review/schema.ts';
import type { Proposal } from './proposals.ts';
import type { AssistanceTime } from './types.ts';

/** A proposal that was shown, and what the reviewer did with it. */
export interface Card {
  readonly proposal: Proposal;
  readonly is: 'open' | 'taken' | 'dismissed';
  /** The finding that was made of it. */
  readonly findingId: string | null;
}

const kinds = { label: 'labels', finding: 'findings', correction: 'correction' } as const;
/** The most that a review holds. */
const MOST = 20;

/** Whether what was taken still stands as proposed, stands changed, or is gone. */
function fate(
  { proposal, is, findingId }: Card,
  judgement: Judgement | UnfinishedJudgement,
): AssistanceOutcome['outcome'] {
  if (is !== 'taken') return 'rejected';
  if (proposal.kind === 'label') return judgement.labels.includes(proposal.label) ? 'accepted' : 'rejected';
  if (proposal.kind === 'correction') {
    if (judgement.correction === null) return 'rejected';
    return judgement.correction === proposal.text ? 'accepted' : 'edited';
  }
  const finding = judgement.findings?.find(({ id }) => id === findingId);
  if (!finding) return 'rejected';
  const { label, note, replacement } = finding;
  const same = label === proposal.label && note === proposal.note && replacement === proposal.replacement;
  return same && finding.quote.exact === proposal.quote ? 'accepted' : 'edited';
}

/** One entry for each proposal that was shown; what was left lying counts as rejected. */
export function outcomesOf(
  cards: readonly Card[],
  judgement: Judgement | UnfinishedJudgement,
  about: { readonly model: string; readonly shown: AssistanceTime },
): AssistanceOutcome[] {
  return cards
    .slice(0, MOST)
    .map((card) => ({ kind: kinds[card.proposal.kind], ...about, outcome: fate(card, judgement) }));
}
