/** A judgement in words. Only public words: the host page can read what the toolbar shows. */
import type { Mark } from '../../utils/review/mark.ts';
import type { Legend } from './view.ts';

const done = { approve: 'Approved', correct: 'Corrected', reject: 'Rejected', unsure: 'Marked unsure' } as const;

/** `Rejected · Wrong, Tone`. */
export function verdictWords({ verdict, labels }: Pick<Mark, 'verdict' | 'labels'>, names: Legend['labels']): string {
  const known = names.filter(({ id }) => labels.includes(id)).map(({ name }) => name);
  return known.length > 0 ? `${done[verdict]} · ${known.join(', ')}` : done[verdict];
}
