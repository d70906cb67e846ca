import { ArrowLeft } from 'lucide';
import { useId, useState } from 'preact/hooks';
import type { Verdict } from '../../utils/review/schema.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Icon } from '../controls/icon.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { VerdictBadge } from '../review/verdict-badge.tsx';
import { PlainText } from '../workbench/answer.tsx';
import { fullTime, siteName, timeWords } from '../workbench/wording.ts';
import { stateWords } from './case-words.ts';
import { ClauseForm, type ClauseWords } from './clause-form.tsx';
import { RulingForm } from './ruling-form.tsx';
import type { CaseRow } from './types.ts';

/** What a person says in a case, at most. */
const SAID = 4000;

export interface CaseDetailProps {
  readonly row: CaseRow;
  readonly labels: readonly { readonly id: string; readonly name: string }[];
  /** The reviewer's own name, to take the case over; null where they gave none. */
  readonly me: string | null;
  readonly now: number;
  readonly onSay: (text: string) => Promise<boolean>;
  readonly onOwner: (owner: string | null) => void;
  readonly onRule: (verdict: Verdict, text: string) => Promise<boolean>;
  readonly onClose: (closed: boolean) => void;
  readonly onClause: (words: ClauseWords) => Promise<boolean>;
}

/** One case: the answer, what was said to it, whose turn it is, and how it was ruled. */
export function CaseDetail(props: CaseDetailProps) {
  const { row, now, me } = props;
  const { question, snapshot, entries, owner, state, ruling, site, openedAt } = row;
  const id = useId();
  const [said, setSaid] = useState('');
  const [turn, setTurn] = useState(owner ?? '');
  const [making, setMaking] = useState(false);
  const say = async () => {
    if (said.trim() && (await props.onSay(said.trim()))) setSaid('');
  };
  return (
    <article class="ca-case" aria-labelledby="case-title">
      <header class="ca-head">
        <a href="#/cases" class="ca-back">
          <Icon node={ArrowLeft} size={14} />
          All cases
        </a>
        <h1 id="case-title" class="captured" tabIndex={-1} dir="auto">
          {question}
        </h1>
        <p class="ca-line quiet">
          <span class={`ca-state ca-state-${state}`}>{stateWords[state]}</span>
          <span>{siteName(site)}</span>
          <time dateTime={openedAt} title={fullTime(openedAt)}>
            opened {timeWords(openedAt, now)}
          </time>
        </p>
      </header>

      {ruling && (
        <section class="ca-ruling" aria-labelledby={`${id}-ruling`}>
          <h2 id={`${id}-ruling`}>Ruling</h2>
          <p class="ca-line">
            <VerdictBadge verdict={ruling.verdict} />
          </p>
          <p class="captured" dir="auto">
            {ruling.text}
          </p>
          {ruling.clause === null ? (
            !making && (
              <div>
                <Button onPress={() => setMaking(true)}>Make it a guideline</Button>
              </div>
            )
          ) : (
            <p class="small quiet">
              It stands in the guidelines. See it under <a href="#/rubric">Rubric</a>.
            </p>
          )}
          {making && ruling.clause === null && (
            <ClauseForm
              question={question}
              text={ruling.text}
              labels={props.labels}
              onMake={props.onClause}
              onCancel={() => setMaking(false)}
            />
          )}
        </section>
      )}

      <section aria-label="The answer">
        {snapshot.prompt !== null && (
          <>
            <h2>Prompt</h2>
            <PlainText text={snapshot.prompt} label="The prompt" />
          </>
        )}
        <h2>Answer</h2>
        <PlainText text={snapshot.text} label="The answer" />
      </section>

      <section aria-labelledby={`${id}-said`}>
        <h2 id={`${id}-said`}>What was said</h2>
        {entries.length === 0 && <p class="quiet">Nothing yet.</p>}
        <ol class="ca-entries">
          {entries.map(({ by, text, at }) => (
            <li key={`${at} ${text.slice(0, 40)}`}>
              <p class="small quiet">
                <span class="captured">{by}</span>,{' '}
                <time dateTime={at} title={fullTime(at)}>
                  {timeWords(at, now)}
                </time>
              </p>
              <p class="captured" dir="auto">
                {text}
              </p>
            </li>
          ))}
        </ol>
        <Field label="Say something to it" htmlFor={`${id}-say`}>
          <TextArea id={`${id}-say`} value={said} minLines={2} maxLines={8} maxLength={SAID} onInput={setSaid} />
        </Field>
        <div>
          <Button disabled={!said.trim()} onPress={() => void say()}>
            Add
          </Button>
        </div>
      </section>

      {state !== 'closed' && (
        <section aria-label="Whose turn it is">
          <Field label="Whose turn it is" htmlFor={`${id}-owner`}>
            <div class="ca-line">
              <TextInput
                id={`${id}-owner`}
                value={turn}
                maxLength={200}
                placeholder="Nobody’s"
                onInput={setTurn}
                onCommit={(name) => props.onOwner(name.trim() || null)}
              />
              {me !== null && owner !== me && (
                <Button
                  onPress={() => {
                    setTurn(me);
                    props.onOwner(me);
                  }}
                >
                  Take it over
                </Button>
              )}
            </div>
          </Field>
        </section>
      )}

      {state !== 'closed' && <RulingForm key={ruling?.text} ruling={ruling} onRule={props.onRule} />}
      <div>
        <Button kind="quiet" onPress={() => props.onClose(state !== 'closed')}>
          {state === 'closed' ? 'Open it again' : 'Close it'}
        </Button>
      </div>
    </article>
  );
}
