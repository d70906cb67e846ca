import { LETTERS } from '../../utils/review/ranking.ts';
import type { Dimension } from '../../utils/review/rubric.ts';
import type { Preference } from '../../utils/review/schema.ts';
import { RatingList } from './rating-list.tsx';

interface PreferenceViewProps {
  readonly preference: Preference;
  /** Of the answer under review. */
  readonly responseKey: string;
  readonly dimensions: readonly Dimension[];
}

const strengths = { slight: 'slightly', clear: 'clearly', strong: 'much' } as const;
const hostOf = (origin: string) => URL.parse(origin)?.host.replace(/^www\./, '') ?? origin;

/** The outcome in one sentence. */
function preferenceSentence({ shown, outcome, strength }: Preference): string {
  if (outcome === 'tie') return shown.length === 2 ? 'Both are equal.' : 'All are equal.';
  if (outcome === 'both-bad') return shown.length === 2 ? 'Both are bad.' : 'None is good.';
  const best = shown.flatMap(({ rank }, place) => (rank === 1 ? [LETTERS[place]] : [])).join(' and ');
  return `${best} ${best.length > 1 ? 'are' : 'is'} ${strength === null ? '' : `${strengths[strength]} `}better than the next.`;
}

/** What was compared, in the order in which it was shown, with ranks and the ratings of each. */
export function PreferenceView({ preference, responseKey, dimensions }: PreferenceViewProps) {
  const { shown, outcome } = preference;
  return (
    <div class="rv-preference">
      <p>{preferenceSentence(preference)}</p>
      <ol aria-label="Answers in the order in which they were shown">
        {shown.map((each, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was shown has no identity but its place
          <li key={place}>
            <div class="rv-preference-head">
              <strong>{LETTERS[place]}</strong>
              {outcome === 'ranked' && <span>Rank {each.rank}</span>}
              <span class="quiet small captured">
                <bdi>{[each.model, hostOf(each.origin)].filter(Boolean).join(' · ')}</bdi>
              </span>
              {each.responseKey === responseKey && <span class="quiet small">the answer under review</span>}
            </div>
            {each.responseKey !== responseKey && (
              <details>
                <summary class="small">Its text</summary>
                <p class="rv-preference-text captured" dir="auto">
                  {each.text}
                </p>
              </details>
            )}
            <RatingList ratings={each.ratings} dimensions={dimensions} />
          </li>
        ))}
      </ol>
    </div>
  );
}
