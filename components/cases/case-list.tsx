import { Segmented } from '../controls/segmented.tsx';
import { countWords, fullTime, shortTime, siteName } from '../workbench/wording.ts';
import { stateWords } from './case-words.ts';
import type { CaseRow } from './types.ts';

export type Shown = 'open' | 'ruled' | 'closed' | 'all';

interface CaseListProps {
  /** The one that moved last first. */
  readonly cases: readonly CaseRow[];
  readonly shown: Shown;
  readonly now: number;
  readonly onShow: (shown: Shown) => void;
}

const filters: readonly { value: Shown; label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'ruled', label: 'Ruled' },
  { value: 'closed', label: 'Closed' },
  { value: 'all', label: 'All' },
];

/** All cases, by their state. */
export function CaseList({ cases, shown, now, onShow }: CaseListProps) {
  const fitting = shown === 'all' ? cases : cases.filter(({ state }) => state === shown);
  return (
    <>
      <Segmented label="Which cases" options={filters} value={shown} onPick={onShow} />
      {cases.length === 0 ? (
        <p class="quiet">
          There are none. Where you are not sure about an answer, choose “Not sure” in the editor, and open a case with
          your question.
        </p>
      ) : (
        <p class="quiet small" role="status">
          {countWords(fitting.length, 'case')}
          {shown !== 'all' && `, ${stateWords[shown].toLowerCase()}`}
        </p>
      )}
      {fitting.length > 0 && (
        <ul class="ca-list" aria-label="Cases">
          {fitting.map(({ id, question, site, state, owner, entries, updatedAt }) => (
            <li key={id} class="ca-row">
              <a href={`#/cases/${id}`} class="ca-question captured" dir="auto">
                {question}
              </a>
              <p class="ca-line small quiet">
                <span class={`ca-state ca-state-${state}`}>{stateWords[state]}</span>
                <span>{siteName(site)}</span>
                <span>{owner === null ? 'nobody’s turn' : `${owner}’s turn`}</span>
                {entries.length > 0 && <span>{countWords(entries.length, 'entry', 'entries')}</span>}
                <time dateTime={updatedAt} title={fullTime(updatedAt)}>
                  {shortTime(updatedAt, now)}
                </time>
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
