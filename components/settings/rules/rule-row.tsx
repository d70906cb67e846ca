import { Code, Copy, Pencil, Trash2 } from 'lucide';
import { useState } from 'preact/hooks';
import { Button } from '../../controls/button.tsx';
import { LateDisclosure } from '../../controls/disclosure.tsx';
import { Switch } from '../../controls/switch.tsx';
import { TextInput } from '../../controls/text-input.tsx';
import type { Problem } from '../types.ts';
import { RuleEditor } from './rule-editor.tsx';
import type { Outcome, RuleEntry } from './types.ts';

export interface RuleActions {
  readonly onSwitch: (rule: RuleEntry, on: boolean) => void;
  readonly onRename: (rule: RuleEntry, name: string) => Outcome;
  /** Keeps what was written as a rule of the user's own, in place of this one where that is theirs. */
  readonly onSave: (rule: RuleEntry, json: string) => Outcome;
  readonly onDelete: (rule: RuleEntry) => void;
}

interface RuleRowProps extends RuleActions {
  readonly rule: RuleEntry;
}

const whose = { bundled: 'the one that comes with the program', team: 'the team’s', user: 'yours' };
const confidences = { high: 'well founded', medium: 'fairly well founded', low: 'weakly founded' };

function Facts({ rule }: { readonly rule: RuleEntry }) {
  const facts = [
    ['Id', rule.id],
    ['Version', rule.version],
    ['Facts', `of ${rule.date}, ${confidences[rule.confidence]}`],
    ['Source', rule.source],
    ...(rule.caveat === null ? [] : [['Caution', rule.caveat]]),
  ] as const;
  return (
    <dl class="st-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="captured">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Rename({
  rule,
  onDone,
  onRename,
}: { readonly rule: RuleEntry; readonly onDone: () => void } & Pick<RuleActions, 'onRename'>) {
  const [name, setName] = useState(rule.name);
  const [problem, setProblem] = useState<Problem | null>(null);
  const id = `name-${rule.id}`;
  const save = async () => {
    const outcome = await onRename(rule, name.trim());
    setProblem(outcome);
    if (outcome === null) onDone();
  };
  return (
    <form
      class="cs-field st-rename"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label class="cs-field-label" for={id}>
        Name
      </label>
      <div class="st-line st-line-start">
        <TextInput id={id} value={name} onInput={setName} maxLength={100} invalid={problem !== null} />
        <button type="submit" class="cs-button" disabled={name.trim() === ''}>
          Save name
        </button>
        <Button kind="quiet" onPress={onDone}>
          Cancel
        </Button>
      </div>
      {problem && (
        <p class="st-bad" role="alert">
          {problem.message} {problem.next}
        </p>
      )}
    </form>
  );
}

/** One rule: on or off, and on demand what it is and what can be done with it. */
export function RuleRow({ rule, onSwitch, onRename, onSave, onDelete }: RuleRowProps) {
  const [doing, setDoing] = useState<'rename' | 'edit' | null>(null);
  const mine = rule.origin === 'user';
  const stop = () => setDoing(null);
  const state = [
    rule.where,
    rule.replacedBy === null
      ? `${rule.date}, ${confidences[rule.confidence]}`
      : `not used, ${whose[rule.replacedBy]} stands for it`,
  ].join(' · ');
  return (
    <li class="st-rule">
      <Switch label={rule.name} hint={state} on={rule.on} onToggle={(on) => onSwitch(rule, on)} />
      <LateDisclosure
        summary={
          <>
            Details<span class="visually-hidden"> of {rule.name}</span>
          </>
        }
      >
        {() => (
          <>
            <Facts rule={rule} />
            {doing === null && (
              <div class="wb-buttons">
                {mine && (
                  <Button icon={Pencil} onPress={() => setDoing('rename')}>
                    Rename
                  </Button>
                )}
                <Button icon={mine ? Code : Copy} onPress={() => setDoing('edit')}>
                  {mine ? 'Edit as JSON' : 'Change a copy'}
                </Button>
                {mine && (
                  <Button kind="quiet" icon={Trash2} onPress={() => onDelete(rule)}>
                    Delete
                  </Button>
                )}
              </div>
            )}
            {doing === 'rename' && <Rename rule={rule} onDone={stop} onRename={onRename} />}
            {doing === 'edit' && (
              <RuleEditor
                name={rule.name}
                json={rule.json}
                about={mine ? null : 'Saved, it is a rule of your own and stands for this one until you delete it.'}
                onSave={(json) => onSave(rule, json)}
                onDone={stop}
              />
            )}
          </>
        )}
      </LateDisclosure>
    </li>
  );
}
