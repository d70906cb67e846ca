import { Download, FileInput, Plus, RefreshCw } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import { Button } from '../../controls/button.tsx';
import { Confirm } from '../../controls/confirm.tsx';
import { Field } from '../../controls/field.tsx';
import { TextInput } from '../../controls/text-input.tsx';
import { Section } from '../section.tsx';
import type { Problem } from '../types.ts';
import { RuleEditor } from './rule-editor.tsx';
import type { Outcome, PackView } from './types.ts';

interface TeamPackProps {
  /** null while it is read. */
  readonly pack: PackView | null;
  readonly onSetAddress: (url: string | null) => Outcome;
  readonly onUpdate: () => Outcome;
}

/** Where the team's rules come from, and how that stands. */
export function TeamPack({ pack, onSetAddress, onUpdate }: TeamPackProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const url = typed ?? pack?.url ?? '';
  const run = async (work: Outcome) => {
    setBusy(true);
    const outcome = await work;
    setBusy(false);
    setProblem(outcome);
    if (outcome === null) setTyped(null);
  };
  const told = problem ? `${problem.message} ${problem.next}` : pack?.problem;
  return (
    <Section
      id="team-rules"
      title="Team’s rules"
      about="A file with rules and authors that your team keeps. It is checked whenever it is fetched; a bad one changes nothing, the last good one stays."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run(onSetAddress(url.trim()));
        }}
      >
        <Field
          label="Address"
          htmlFor="pack-url"
          hint="Begins with https://. It gets no cookies and no data; where a destination is on the same server, its token."
          hintId="pack-url-hint"
        >
          <div class="st-line st-line-start">
            <TextInput
              id="pack-url"
              kind="url"
              value={url}
              onInput={setTyped}
              placeholder="https://collector.example.com/v1/rules"
              invalid={problem !== null}
              describedBy="pack-url-hint"
            />
            <button
              type="submit"
              class="cs-button"
              disabled={busy || url.trim() === '' || url.trim() === (pack?.url ?? '')}
            >
              {busy ? 'Fetching' : 'Use these rules'}
            </button>
          </div>
        </Field>
      </form>
      <div role="status" class="st-state">
        {pack?.url && <p>{pack.state}</p>}
        {told && <p class="st-bad">{told}</p>}
      </div>
      {pack?.url && (
        <div class="wb-buttons">
          <Button icon={RefreshCw} disabled={busy} onPress={() => void run(onUpdate())}>
            Update now
          </Button>
          <Confirm
            question="Forget the address and the team’s rules and authors? Your own rules stay."
            action="Forget the team’s rules"
            onConfirm={() => void run(onSetAddress(null))}
          >
            Forget
          </Confirm>
        </div>
      )}
    </Section>
  );
}

interface RuleFilesProps {
  /** How many rules and authors an export would hold. */
  readonly own: number;
  /** What a new rule begins with. */
  readonly template: string;
  readonly onImport: (file: File) => Outcome;
  readonly onExport: () => void;
  readonly onCreate: (json: string) => Outcome;
}

/** Rules in and out as a file, and a new one by hand. */
export function RuleFiles({ own, template, onImport, onExport, onCreate }: RuleFilesProps) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [writing, setWriting] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setProblem(await onImport(file));
    // The same file may be chosen again once it was mended.
    if (input.current) input.current.value = '';
  };
  return (
    <Section
      id="rule-files"
      title="Your rules as a file"
      about="To keep, to share, or to hand to your team. A file is taken as a whole, or not at all."
    >
      <div class="wb-buttons">
        <Button icon={FileInput} onPress={() => input.current?.click()}>
          Import rules
        </Button>
        <Button icon={Download} disabled={own === 0} onPress={onExport}>
          Export my rules and authors
        </Button>
        <Button kind="quiet" icon={Plus} disabled={writing} onPress={() => setWriting(true)}>
          Write a rule
        </Button>
      </div>
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        accept=".json,application/json"
        aria-label="File with rules"
        tabIndex={-1}
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
      <div role="alert">
        {problem && (
          <p class="st-bad">
            {problem.message} {problem.next}
          </p>
        )}
      </div>
      {writing && (
        <RuleEditor
          name="a new site"
          json={template}
          about="Replace what is in capitals. A rule of the same id is replaced."
          onSave={onCreate}
          onDone={() => setWriting(false)}
        />
      )}
    </Section>
  );
}
