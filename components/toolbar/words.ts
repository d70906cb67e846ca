/** A judgement in words. Only public words: the host page can read what the toolbar shows. */
import type { Mark } from '../../utils/review/mark.ts';
import type { Legend } from './view.ts';

const done = { approve: 'Approved', correct: 'Corrected', reject: 'Rejected', unsure: 'Marked unsure' } as const;

/** `Rejected · Wrong, Tone`. */
export function verdictWords({ verdict, labels }: Pick<Mark, 'verdict' | 'labels'>, names: Legend['labels']): string {
  const known = names.filter(({ id }) => labels.includes(id)).map(({ name }) => name);
  return known.length > 0 ? `${done[verdict]} · ${known.join(', ')}` : done[verdict];
}

/** A confidence from 0 to 1 in words. */
export function sureness(confidence: number): string {
  if (confidence >= 0.9) return 'This is an AI answer.';
  if (confidence >= 0.7) return 'Very likely an AI answer.';
  if (confidence >= 0.5) return 'Likely an AI answer.';
  return confidence >= 0.25 ? 'Possibly an AI answer.' : 'Nothing says who wrote this.';
}

/** Reasons in words, the strongest first; what speaks against it says so. */
export function reasonsIn(evidence: readonly { readonly detail: string; readonly weight: number }[]): string[] {
  return [...evidence]
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .map(({ detail, weight }) => (weight < 0 ? `Against it: ${detail}` : detail));
}

/** What triage says of an answer, as the page may know it; '' for nothing. */
export const triageWords = ({ asks, corrected }: { readonly asks: boolean; readonly corrected: boolean }): string =>
  corrected ? 'Corrected before' : asks ? 'Asks for a review' : '';
