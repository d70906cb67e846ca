import { PlugZap, Send, TriangleAlert } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { ConnectorAbout, ConnectorId } from '../../utils/connectors/types.ts';
import { Button } from '../controls/button.tsx';
import { LateDisclosure } from '../controls/disclosure.tsx';
import { Field } from '../controls/field.tsx';
import { Select } from '../controls/select.tsx';
import { Status } from '../controls/status.tsx';
import { Switch } from '../controls/switch.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { CarriesTable } from './carries-table.tsx';
import { ConnectorFields, optionId } from './connector-fields.tsx';
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
  /** What a template makes of the sample, or what is wrong with it; null where the form has no template. */
  readonly onPreview: (fields: DestinationFields) => Promise<string | null>;
  /** Sends a made-up review, hung on the trace of this id where one is given. */
  readonly onSample: (fields: DestinationFields, traceId: string) => Promise<TestOutcome>;
  /** Stored, or given up. */
  readonly onClose: () => void;
  /** There is a list to go back to. */
  readonly canCancel: boolean;
  readonly abouts: Readonly<Record<ConnectorId, ConnectorAbout>>;
}

const packing = [
  { value: 'asked', label: 'Once the collector says that it takes it' },
  { value: 'always', label: 'Always' },
  { value: 'never', label: 'Never' },
] as const;

const packs = { asked: null, always: true, never: false } as const;

/** The control that a complaint's field is about. */
const idOf = (field: string) =>
  field.startsWith('options.') ? optionId(field.slice('options.'.length)) : `destination-${field}`;

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
  const { id, name, connector, url, sends, sendPrompt = true, sendContext = false, gzip, options } = destination;
  const chosen = { ...(gzip === undefined ? {} : { gzip }), ...(options === undefined ? {} : { options }) };
  return { id, name, connector, url, sends, sendPrompt, sendContext, ...chosen };
}

/** Where reviews go. Stored only by its button, because it holds secrets. */
export function DestinationForm({
  destination,
  onSave,
  onTest,
  onPreview,
  onSample,
  onClose,
  canCancel,
  abouts,
}: DestinationFormProps) {
  const [fields, setFields] = useState(() => fieldsOf(destination));
  const [busy, setBusy] = useState<'save' | 'test' | 'sample' | null>(null);
  const [traceId, setTraceId] = useState('');
  const [problem, setProblem] = useState<Exclude<SaveOutcome, null> | null>(null);
  const [tested, setTested] = useState<TestOutcome | null>(null);
  const about = abouts[fields.connector];

  const [preview, setPreview] = useState<string | null>(null);
  useEffect(() => {
    let isLate = false;
    void onPreview(fields).then((text) => {
      if (!isLate) setPreview(text);
    });
    return () => {
      isLate = true;
    };
  }, [fields, onPreview]);

  useEffect(() => {
    if (problem?.field) document.getElementById(idOf(problem.field))?.focus();
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
  const attempt = async (what: 'test' | 'sample') => {
    setBusy(what);
    setTested(null);
    setTested(await (what === 'test' ? onTest(fields) : onSample(fields, traceId.trim())));
    setBusy(null);
  };
  // One that only the collector can serve is named where it is already chosen, as in a backup of another installation.
  const kinds = Object.values(abouts)
    .filter(({ id, runs }) => runs.where === 'anywhere' || id === fields.connector)
    .map(({ id, name }) => ({ value: id, label: name }));
  const wrong = (field: string) => problem?.field === field;
  const hint = (field: string, help: string) => (wrong(field) ? `${problem?.message} ${problem?.next}` : help);

  return (
    <form
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
      <Field label="Kind" htmlFor="destination-connector" hint={about.sentence} hintId="destination-connector-hint">
        <Select
          id="destination-connector"
          value={fields.connector}
          options={kinds}
          // What one connector asks for means nothing to another.
          onPick={(connector) => change({ connector, options: {}, gzip: null })}
          describedBy="destination-connector-hint"
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
          placeholder={about.example}
          invalid={wrong('url')}
          describedBy="destination-url-hint"
        />
      </Field>
      {about.token && (
        <SecretField
          id="destination-token"
          label={about.token.label}
          isSet={destination?.hasToken ?? false}
          value={fields.token}
          onChange={(token) => change({ token })}
          hint={hint('token', about.token.hint)}
          invalid={wrong('token')}
        />
      )}
      {about.signs && (
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
      )}
      <ConnectorFields
        fields={about.fields}
        values={fields.options ?? {}}
        onChange={(options) => change({ options })}
        problemOf={(name) => (wrong(`options.${name}`) ? `${problem?.message} ${problem?.next}` : null)}
      />
      {preview !== null && (
        <Field label="What the template makes of a sample">
          <pre class="st-sample captured" role="status">
            {preview}
          </pre>
        </Field>
      )}
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
      {about.packs === 'chosen' && (
        <Switch
          label="Pack requests with gzip"
          hint="Only if the endpoint takes “Content-Encoding: gzip”."
          on={fields.gzip === true}
          onToggle={(on) => change({ gzip: on || null })}
        />
      )}
      {about.packs === 'learned' && (
        <Field label="Pack requests with gzip" htmlFor="destination-gzip">
          <Select
            id="destination-gzip"
            value={fields.gzip === true ? 'always' : fields.gzip === false ? 'never' : 'asked'}
            options={packing}
            onPick={(when) => change({ gzip: packs[when] })}
          />
        </Field>
      )}
      <LateDisclosure summary={`What arrives in ${about.name}`}>{() => <CarriesTable about={about} />}</LateDisclosure>
      {about.needsTrace && (
        <Field
          label="Trace for the sample"
          htmlFor="destination-trace"
          hint={`A sample hangs on a trace that ${about.name} already has. It is not kept.`}
          hintId="destination-trace-hint"
        >
          <TextInput id="destination-trace" value={traceId} onInput={setTraceId} describedBy="destination-trace-hint" />
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
        !(problem.field && document.getElementById(idOf(problem.field))) && (
          <Status tone="bad" icon={TriangleAlert} role="alert">
            {problem.message} {problem.next}
          </Status>
        )
      )}
      <div role="status">
        {busy === 'test' && <span class="quiet">Testing: no review is sent.</span>}
        {busy === 'sample' && <span class="quiet">Sending a made-up review.</span>}
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
        <Button icon={PlugZap} disabled={busy !== null || fields.url === ''} onPress={() => void attempt('test')}>
          Test connection
        </Button>
        <Button icon={Send} disabled={busy !== null || fields.url === ''} onPress={() => void attempt('sample')}>
          Send a sample
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
