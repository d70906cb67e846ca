import type { Meaning } from '../../utils/review/rubric.ts';
import type { Entry } from './entries.ts';

/** Help, a good and a bad example. */
function MeaningView({ help, good, bad }: Meaning) {
  return (
    <>
      {help && <p dir="auto">{help}</p>}
      {(good || bad) && (
        <dl class="gl-examples">
          {good && (
            <div>
              <dt class="gl-good">Fits</dt>
              <dd dir="auto">{good}</dd>
            </div>
          )}
          {bad && (
            <div>
              <dt class="gl-bad">Does not fit</dt>
              <dd dir="auto">{bad}</dd>
            </div>
          )}
        </dl>
      )}
    </>
  );
}

/** What one question or label means, with the clauses about it. */
export function EntryView({ entry }: { readonly entry: Entry }) {
  const { name, kind, about, clauses } = entry;
  return (
    <div class="gl-entry captured">
      <h3>
        {name} <span class="quiet small gl-kind">{kind}</span>
      </h3>
      <MeaningView help={entry.help} good={entry.good} bad={entry.bad} />
      {clauses.map((clause) => (
        <div key={clause.id} class="gl-clause">
          {about !== null && <h4>{clause.title}</h4>}
          <p dir="auto">{clause.text}</p>
          <MeaningView help={clause.help} good={clause.good} bad={clause.bad} />
        </div>
      ))}
    </div>
  );
}
