import { Plus, X } from 'lucide';
import { useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { TextArea } from '../controls/text-area.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { Lockable } from '../settings/locked.tsx';
import { useSaving } from '../settings/saving.tsx';
import { Section } from '../settings/section.tsx';
import type { Choices, SaveChoices, TeamPattern } from '../settings/types.ts';
import { countWords } from '../workbench/wording.ts';

/** What a pattern finds in a text, or why it cannot be used. */
export type Trial = { readonly found: readonly string[] } | { readonly problem: string };

type Terms = Pick<Choices, 'customerRules' | 'allow' | 'alsoRedact'>;

interface TermsProps {
  readonly terms: Terms;
  readonly onSave: SaveChoices;
  /** Tries a pattern; by the engine that is used when a review is prepared. */
  readonly onTry: (pattern: string, text: string) => Trial;
}

const starter: TeamPattern = { id: '', pattern: '', placeholder: 'CUSTOMER_ID' };

function trialWords(trial: Trial, text: string): string {
  if ('problem' in trial) return trial.problem;
  if (text === '') return 'Try it: type a text that it should find something in.';
  return trial.found.length === 0 ? 'Finds nothing in the text below.' : `Finds: ${trial.found.join(' · ')}`;
}

interface PatternFormProps extends Pick<TermsProps, 'onTry'> {
  readonly taken: readonly string[];
  readonly onAdd: (pattern: TeamPattern) => void;
  readonly onClose: () => void;
}

/** A new pattern, tried while it is typed. */
function PatternForm({ taken, onTry, onAdd, onClose }: PatternFormProps) {
  const [pattern, setPattern] = useState(starter);
  const [text, setText] = useState('');
  const trial = pattern.pattern === '' ? null : onTry(pattern.pattern, text);
  const placeholderOk = /^[A-Z][A-Z_]{1,30}$/.test(pattern.placeholder);
  const nameTaken = taken.includes(pattern.id.trim());
  const ready = pattern.id.trim() !== '' && !nameTaken && trial !== null && 'found' in trial && placeholderOk;
  const change = (part: Partial<TeamPattern>) => setPattern({ ...pattern, ...part });
  return (
    <form
      class="pv-form"
      aria-label="New pattern"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onAdd({ ...pattern, id: pattern.id.trim() });
      }}
    >
      <div class="pv-pair">
        <Field
          label="Name"
          htmlFor="pattern-name"
          hint={nameTaken ? 'There is one of that name.' : 'Such as “Account number”.'}
          hintId="pattern-name-hint"
        >
          <TextInput
            id="pattern-name"
            value={pattern.id}
            onInput={(id) => change({ id })}
            maxLength={64}
            invalid={nameTaken}
            describedBy="pattern-name-hint"
          />
        </Field>
        <Field label="Placeholder" htmlFor="pattern-word" hint="Capitals and underscores." hintId="pattern-word-hint">
          <TextInput
            id="pattern-word"
            value={pattern.placeholder}
            onInput={(placeholder) => change({ placeholder })}
            maxLength={31}
            invalid={!placeholderOk}
            describedBy="pattern-word-hint"
          />
        </Field>
      </div>
      <Field
        label="Pattern"
        htmlFor="pattern-source"
        hint={
          trial
            ? trialWords(trial, text)
            : 'A regular expression in the syntax of RE2: \\d digits, \\w letters, {5} five times. No look-around, no back-references.'
        }
        hintId="pattern-source-hint"
      >
        <TextInput
          id="pattern-source"
          value={pattern.pattern}
          onInput={(source) => change({ pattern: source })}
          placeholder="CU-\d{5}"
          maxLength={1024}
          invalid={trial !== null && 'problem' in trial}
          describedBy="pattern-source-hint"
        />
      </Field>
      <Field label="Text to try it on" htmlFor="pattern-text">
        <TextArea id="pattern-text" value={text} onInput={setText} maxLength={5000} />
      </Field>
      <div class="wb-buttons">
        <button type="submit" class="cs-button cs-button-primary" disabled={!ready}>
          Add pattern
        </button>
        <Button kind="quiet" onPress={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

interface WordsProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly words: readonly string[];
  /** What is said of each to a screen reader. */
  readonly removeWords: (word: string) => string;
  readonly onAdd: ((word: string) => void) | null;
  readonly onRemove: (index: number) => void;
}

/** A list of words that grows and shrinks. */
function Words({ id, label, hint, words, removeWords, onAdd, onRemove }: WordsProps) {
  const [typed, setTyped] = useState('');
  const add = () => {
    const word = typed.trim();
    if (word === '') return;
    setTyped('');
    if (!words.includes(word)) onAdd?.(word);
  };
  return (
    <form
      class="pv-form"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <Field label={label} htmlFor={id} hint={hint} hintId={`${id}-hint`}>
        <div class="pv-row">
          <TextInput id={id} value={typed} onInput={setTyped} maxLength={200} describedBy={`${id}-hint`} />
          <button type="submit" class="cs-button" disabled={typed.trim() === ''}>
            Add
          </button>
        </div>
      </Field>
      {words.length > 0 && (
        <ul class="st-rows">
          {words.map((word, index) => (
            <li key={word} class="pv-row">
              <span class="captured">{word}</span>
              <Button kind="quiet" icon={X} label={removeWords(word)} onPress={() => onRemove(index)} />
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}

const without = <T,>(list: readonly T[], index: number) => list.filter((_, at) => at !== index);

/** The reviewer's own words on what is redacted, and what never is. */
export function RedactionTerms({ terms, onSave, onTry }: TermsProps) {
  const { customerRules, allow, alsoRedact } = terms;
  const [outcome, change] = useSaving(onSave);
  const [adding, setAdding] = useState(false);
  return (
    <Section
      id="redaction"
      title="What is redacted"
      outcome={outcome}
      about="For destinations that get redacted text. E-mail addresses, phone, card, bank and social security numbers, IP addresses, passwords and keys are replaced wherever they are recognized; no check finds everything. What you change here counts for all that has not left yet."
    >
      <Lockable of={['customerRules']}>
        <Field
          label="Your team’s patterns"
          hint={`For what only you know: customer numbers, order names. ${customerRules.length === 0 ? 'None yet.' : ''}`}
        >
          <ul class="st-rows">
            {customerRules.map(({ id, pattern, placeholder }, index) => (
              <li key={id} class="pv-row">
                <span>
                  <span class="captured">{id}</span> <span class="quiet pv-code">[{placeholder}_1]</span>
                  <br />
                  <span class="pv-code">{pattern}</span>
                </span>
                <Button
                  kind="quiet"
                  icon={X}
                  label={`Remove the pattern ${id}`}
                  onPress={() => change({ customerRules: without(customerRules, index) })}
                />
              </li>
            ))}
          </ul>
        </Field>
        {adding ? (
          <PatternForm
            taken={customerRules.map(({ id }) => id)}
            onTry={onTry}
            onClose={() => setAdding(false)}
            onAdd={(pattern) => {
              change({ customerRules: [...customerRules, pattern] });
              setAdding(false);
            }}
          />
        ) : (
          <div class="wb-buttons">
            <Button icon={Plus} disabled={customerRules.length >= 100} onPress={() => setAdding(true)}>
              Add a pattern
            </Button>
          </div>
        )}
      </Lockable>
      <Lockable of={['alsoRedact']}>
        <Words
          id="redact-names"
          label="Names that are always replaced"
          hint={`Names and addresses are not recognized by themselves; a review’s preview suggests some. ${countWords(60 - alsoRedact.length, 'more fits', 'more fit')}.`}
          words={alsoRedact.map(({ value }) => value)}
          removeWords={(word) => `Do not replace ${word} any more`}
          onAdd={
            alsoRedact.length >= 60 ? null : (value) => change({ alsoRedact: [...alsoRedact, { kind: 'name', value }] })
          }
          onRemove={(index) => change({ alsoRedact: without(alsoRedact, index) })}
        />
      </Lockable>
      <Lockable of={['allow']}>
        <Words
          id="redact-allow"
          label="Never replaced"
          hint="Your own support address, a test card. @example.com lets through all addresses there. Passwords and keys are replaced all the same."
          words={allow}
          removeWords={(word) => `Do not let ${word} through any more`}
          onAdd={(word) => change({ allow: [...allow, word] })}
          onRemove={(index) => change({ allow: without(allow, index) })}
        />
      </Lockable>
    </Section>
  );
}
