import { PlugZap, TriangleAlert } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Segmented } from '../controls/segmented.tsx';
import { Select } from '../controls/select.tsx';
import { Status } from '../controls/status.tsx';
import { Switch } from '../controls/switch.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { SecretField } from './secret-field.tsx';
import { aboutSends, sendsChoices } from './sends-words.ts';
import type { DestinationFields, DestinationView, SaveOutcome, TestOutcome } from './types.ts';
import { countWords } from './wording.ts';

interface DestinationFormProps {
  /** The destination that is changed; null for a new one. */
  readonly destination: DestinationView | null;
  /** Answers null when it was stored. Called within the click, so that the browser may ask for consent in it. */
  readonly onSave: (fields: DestinationFields) => Promise<SaveOutcome>;
  readonly onTest: (fields: DestinationFields) => Promise<TestOutcome>;
  /** Stored, or given up. */
  readonly onClose: () => void;
  /** There is a list to go back to. */
  readonly canCancel: boolean;
}

const kinds = [
  { value: 'countersign', label: 'Countersign collector' },
  { value: 'webhook', label: 'Webhook' },
] as const;

const aboutKind = {
  countersign:
    'Answers for each review by name, so nothing counts as delivered that the collector did not acknowledge.',
  webhook:
    'Any endpoint that takes CloudEvents in JSON batches. Every answer from 200 to 299 counts as delivered, whatever it says.',
} as const;

const aboutToken = {
  countersign: 'Your team’s collector gives you one. Sent as “Authorization: Bearer”.',
  webhook: 'Leave it empty if the endpoint wants none. Sent as “Authorization: Bearer”.',
} as const;

const packing = [
  { value: 'asked', label: 'Once the collector says that it takes it' },
  { value: 'always', label: 'Always' },
  { value: 'never', label: 'Never' },
] as const;

const packs = { asked: null, always: true, never: false } as const;

const empty: DestinationFields = {
  id: null,
  name: '',
  connector: 'countersign',
  url: '',
  sends: 'redacted',
  sendPrompt: true,
  sendContext: false,
};

function fieldsOf(destination: DestinationView | null): DestinationFields {
  if (!destination) return empty;
  const { id, name, connector, url, sends, sendPrompt = true, sendContext = false, gzip } = destination;
  return { id, name, connector, url, sends, sendPrompt, sendContext, ...(gzip === undefined ? {} : { gzip }) };
}

/** Where reviews go. Stored only by its button, because it holds secrets. */
export function DestinationForm({ destination, onSave, onTest, onClose, canCancel }: DestinationFormProps) {
  const [fields, setFields] = useState(() => fieldsOf(destination));
  const [busy, setBusy] = useState<'save' | 'test' | null>(null);
  const [problem, setProblem] = useState<Exclude<SaveOutcome, null> | null>(null);
  const [tested, setTested] = useState<TestOutcome | null>(null);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (problem?.field) form.current?.querySelector<HTMLElement>(`#destination-${problem.field}`)?.focus();
  }, [problem]);

  const change = (part: Partial<DestinationFields>) => {
    setFields({ ...fields, ...part });
    setProblem(null);
    setTested(null);
  };
  const save = async (owed?: DestinationFields['owed']) => {
    setBusy('save');
    const outcome = await onSave(owed ? { ...fields, owed } : fields);
    setBusy(null);
    if (outcome === null) return onClose();
    setProblem(outcome);
  };
  const test = async () => {
    setBusy('test');
    setTested(null);
    setTested(await onTest(fields));
    setBusy(null);
  };
  const wrong = (field: string) => problem?.field === field;
  const hint = (field: string, help: string) => (wrong(field) ? `${problem?.message} ${problem?.next}` : help);

  return (
    <form
      ref={form}
      class="wb-form"
      aria-label={destination ? `Change ${destination.name}` : 'New destination'}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label="Name"
        htmlFor="destination-name"
        hint={hint('name', 'How it is called here, such as “Support team”.')}
        hintId="destination-name-hint"
      >
        <TextInput
          id="destination-name"
          value={fields.name}
          onInput={(name) => change({ name })}
          maxLength={200}
          invalid={wrong('name')}
          describedBy="destination-name-hint"
        />
      </Field>
      <Field label="Kind" hint={aboutKind[fields.connector]}>
        <Segmented
          label="Kind"
          options={kinds}
          value={fields.connector}
          onPick={(connector) => change({ connector })}
        />
      </Field>
      <Field
        label="Address"
        htmlFor="destination-url"
        hint={hint('url', 'Begins with https://. On this computer, http://localhost works too.')}
        hintId="destination-url-hint"
      >
        <TextInput
          id="destination-url"
          kind="url"
          value={fields.url}
          onInput={(url) => change({ url: url.trim() })}
          placeholder="https://feedback.example.com/v1/events"
          invalid={wrong('url')}
          describedBy="destination-url-hint"
        />
      </Field>
      <SecretField
        id="destination-token"
        label="Token"
        isSet={destination?.hasToken ?? false}
        value={fields.token}
        onChange={(token) => change({ token })}
        hint={hint('token', aboutToken[fields.connector])}
        invalid={wrong('token')}
      />
      <SecretField
        id="destination-secret"
        label="Signing secret"
        optional
        isSet={destination?.hasSecret ?? false}
        value={fields.secret}
        onChange={(secret) => change({ secret })}
        hint={hint('secret', 'Begins with whsec_. With it, each request is signed as Standard Webhooks says.')}
        invalid={wrong('secret')}
      />
      <Field
        label="What is sent"
        htmlFor="destination-sends"
        hint={aboutSends[fields.sends]}
        hintId="destination-sends-hint"
      >
        <Select
          id="destination-sends"
          value={fields.sends}
          options={sendsChoices}
          onPick={(sends) => change({ sends })}
          describedBy="destination-sends-hint"
        />
      </Field>
      {(fields.sends === 'redacted' || fields.sends === 'text') && (
        <Switch
          label="Send the prompt too"
          hint="The message before the answer, where it is kept."
          on={fields.sendPrompt}
          onToggle={(sendPrompt) => change({ sendPrompt })}
        />
      )}
      {(fields.sends === 'redacted' || fields.sends === 'text') && fields.sendPrompt && (
        <Switch
          label="Send what was said before it too"
          hint="Earlier messages, as many as are kept: see “What is kept” in the settings."
          on={fields.sendContext}
          onToggle={(sendContext) => change({ sendContext })}
        />
      )}
      {fields.connector === 'webhook' ? (
        <Switch
          label="Pack requests with gzip"
          hint="Only if the endpoint takes “Content-Encoding: gzip”."
          on={fields.gzip === true}
          onToggle={(on) => change({ gzip: on || null })}
        />
      ) : (
        <Field label="Pack requests with gzip" htmlFor="destination-gzip">
          <Select
            id="destination-gzip"
            value={fields.gzip === true ? 'always' : fields.gzip === false ? 'never' : 'asked'}
            options={packing}
            onPick={(when) => change({ gzip: packs[when] })}
          />
        </Field>
      )}
      {problem?.field === 'owed' && destination ? (
        <div class="cs-confirm" role="alert">
          <p>
            {countWords(destination.owed + destination.dead, 'delivery', 'deliveries')} to the old address are still
            waiting. Send them to the new one?
          </p>
          <div class="cs-confirm-buttons">
            <Button onPress={() => void save('move')}>Send them to the new address</Button>
            <Button onPress={() => void save('keep')}>Still send them to the old one</Button>
            <Button kind="danger" onPress={() => void save('discard')}>
              Do not deliver them
            </Button>
          </div>
        </div>
      ) : (
        problem &&
        !['name', 'url', 'token', 'secret'].includes(problem.field ?? '') && (
          <Status tone="bad" icon={TriangleAlert} role="alert">
            {problem.message} {problem.next}
          </Status>
        )
      )}
      <div role="status">
        {busy === 'test' && <span class="quiet">Testing: one empty batch is sent, no review.</span>}
        {tested && (
          <div class={`cs-status cs-status-${tested.ok ? 'good' : 'bad'}`}>
            <span>
              {tested.message} {tested.next}
            </span>
          </div>
        )}
      </div>
      <div class="wb-buttons">
        <button type="submit" class="cs-button cs-button-primary" disabled={busy !== null}>
          {busy === 'save' ? 'Saving' : 'Save destination'}
        </button>
        <Button icon={PlugZap} disabled={busy !== null || fields.url === ''} onPress={() => void test()}>
          Test connection
        </Button>
        {canCancel && (
          <Button kind="quiet" onPress={onClose}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}
