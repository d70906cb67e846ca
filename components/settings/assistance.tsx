import { PlugZap, TriangleAlert } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { LateDisclosure } from '../controls/disclosure.tsx';
import { Field } from '../controls/field.tsx';
import { Segmented } from '../controls/segmented.tsx';
import { Status } from '../controls/status.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { SecretField } from '../workbench/secret-field.tsx';
import { Section } from './section.tsx';

/** What is stored; of the key only whether there is one. */
interface ModelSet {
  readonly by: 'endpoint' | 'built-in';
  readonly url: string;
  readonly model: string;
  readonly hasKey: boolean;
  /** It came from a backup and waits to be saved. */
  readonly unconfirmed: boolean;
}

/** What the form says. A key that is left out is the one stored, null removes it. */
export interface ModelFields {
  readonly by: 'off' | 'endpoint' | 'built-in';
  readonly url: string;
  readonly model: string;
  readonly key?: string | null | undefined;
}

interface Words {
  readonly message: string;
  readonly next: string;
}

interface AssistanceProps {
  readonly set: ModelSet | null;
  /** Answers null when it was stored. Called within the click, so that the browser may ask for consent in it. */
  readonly onSave: (fields: ModelFields) => Promise<(Words & { readonly field?: string | undefined }) | null>;
  readonly onTest: (fields: ModelFields) => Promise<Words & { readonly ok: boolean }>;
  /** How it stands with the browser's own model. */
  readonly onLook: () => Promise<Words & { readonly ok: boolean }>;
  /** A question as it is sent, about a made-up answer: parts with their names. */
  readonly sample: readonly (readonly [name: string, text: string])[];
  /** How this extension is written in a server's list of allowed origins. */
  readonly origin: string;
}

const choices = [
  { value: 'off', label: 'Nobody' },
  { value: 'endpoint', label: 'An endpoint' },
  { value: 'built-in', label: 'The browser’s own model' },
] as const;

const about = {
  off: 'No model is asked, and the editor does not offer it.',
  endpoint: 'Ollama, vLLM, llama.cpp, a gateway of your company: whatever speaks OpenAI’s protocol for chats.',
  'built-in': 'Chrome on a desktop can bring a small model along. It works on this computer, and nothing leaves it.',
} as const;

const fieldsOf = (set: ModelSet | null): ModelFields =>
  set ? { by: set.by, url: set.url, model: set.model } : { by: 'off', url: '', model: '' };

/** Who gives a second opinion. Stored only by its button, because it holds a key. */
export function Assistance({ set, onSave, onTest, onLook, sample, origin }: AssistanceProps) {
  const [fields, setFields] = useState(() => fieldsOf(set));
  const [busy, setBusy] = useState<'save' | 'test' | null>(null);
  const [problem, setProblem] = useState<Awaited<ReturnType<AssistanceProps['onSave']>>>(null);
  const [said, setSaid] = useState<(Words & { readonly ok: boolean }) | null>(null);
  const [own, setOwn] = useState<(Words & { readonly ok: boolean }) | null>(null);
  // What was saved elsewhere, or has only now been read.
  const stored = JSON.stringify(set);
  // biome-ignore lint/correctness/useExhaustiveDependencies: compared as text
  useEffect(() => setFields(fieldsOf(set)), [stored]);
  useEffect(() => {
    if (fields.by === 'built-in') void onLook().then(setOwn);
  }, [fields.by, onLook]);

  const change = (part: Partial<ModelFields>) => {
    setFields({ ...fields, ...part });
    setProblem(null);
    setSaid(null);
  };
  const save = async () => {
    setBusy('save');
    const outcome = await onSave(fields);
    setBusy(null);
    setProblem(outcome);
    const { by, url, model } = fields;
    setFields(outcome ? fields : { by, url, model });
    const next = by === 'off' ? '' : 'The editor offers it behind your own fields.';
    setSaid(outcome ? null : { ok: true, message: 'Saved.', next });
  };
  const test = async () => {
    setBusy('test');
    setSaid(null);
    setSaid(await onTest(fields));
    setBusy(null);
  };
  const wrong = (field: string) => problem?.field === field;
  const hint = (field: string, help: string) => (wrong(field) ? `${problem?.message} ${problem?.next}` : help);
  const placed = ['url', 'model', 'key', 'token'].some(wrong);

  return (
    <Section
      id="assistance"
      title="Second opinion"
      about="A model proposes labels, findings or a correction, when you ask it, after your own verdict. You take what you agree with; what became of each proposal is kept apart from your judgement. Question and answer are redacted as for a destination before they are sent."
    >
      <form
        class="wb-form"
        aria-label="Second opinion"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label="Who is asked" hint={about[fields.by]}>
          <Segmented label="Who is asked" options={choices} value={fields.by} onPick={(by) => change({ by })} />
        </Field>
        {set?.unconfirmed && (
          <Status tone="warn" icon={TriangleAlert}>
            This came from a backup, without the key. It is asked nothing before you have saved it.
          </Status>
        )}
        {fields.by === 'built-in' && own && (
          <Status tone={own.ok ? 'good' : 'warn'}>
            {own.message} {own.next}
          </Status>
        )}
        {fields.by === 'endpoint' && (
          <>
            <Field
              label="Address"
              htmlFor="assistance-url"
              hint={hint(
                'url',
                'Usually ends with /v1. Begins with https://; on this computer, http://localhost works too.',
              )}
              hintId="assistance-url-hint"
            >
              <TextInput
                id="assistance-url"
                kind="url"
                value={fields.url}
                onInput={(url) => change({ url: url.trim() })}
                placeholder="http://localhost:11434/v1"
                invalid={wrong('url')}
                describedBy="assistance-url-hint"
              />
            </Field>
            <Field
              label="Model"
              htmlFor="assistance-model"
              hint={hint('model', 'As the endpoint calls it.')}
              hintId="assistance-model-hint"
            >
              <TextInput
                id="assistance-model"
                value={fields.model}
                onInput={(model) => change({ model })}
                maxLength={200}
                placeholder="qwen3:8b"
                invalid={wrong('model')}
                describedBy="assistance-model-hint"
              />
            </Field>
            <SecretField
              id="assistance-key"
              label="Key"
              optional
              isSet={set?.hasKey ?? false}
              value={fields.key}
              onChange={(key) => change({ key })}
              hint={
                wrong('token')
                  ? 'A key consists of visible ASCII characters without spaces. Paste it again.'
                  : hint('key', 'Sent as “Authorization: Bearer”, to this address and no other.')
              }
              invalid={wrong('key') || wrong('token')}
            />
            <p class="small quiet">
              The server must admit this extension (CORS). For Ollama, start it with{' '}
              <code class="captured">{`OLLAMA_ORIGINS=${origin}`}</code>; other servers have a list of allowed origins.
            </p>
            <LateDisclosure summary="What a question looks like">
              {() =>
                sample.map(([name, text]) => (
                  <section key={name} aria-label={name}>
                    <p class="small quiet">{name}</p>
                    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
                    <pre class="captured st-sample" tabIndex={0}>
                      {text}
                    </pre>
                  </section>
                ))
              }
            </LateDisclosure>
          </>
        )}
        {problem && !placed && (
          <Status tone="bad" icon={TriangleAlert} role="alert">
            {problem.message} {problem.next}
          </Status>
        )}
        <div role="status">
          {busy === 'test' && <span class="quiet">Asking about a made-up answer; nothing of yours is sent.</span>}
          {said && (
            <div class={`cs-status cs-status-${said.ok ? 'good' : 'bad'}`}>
              <span class="captured">
                {said.message} {said.next}
              </span>
            </div>
          )}
        </div>
        <div class="wb-buttons">
          <button type="submit" class="cs-button cs-button-primary" disabled={busy !== null}>
            {busy === 'save' ? 'Saving' : 'Save'}
          </button>
          {fields.by !== 'off' && (
            <Button
              icon={PlugZap}
              disabled={busy !== null || (fields.by === 'endpoint' && (fields.url === '' || fields.model === ''))}
              onPress={() => void test()}
            >
              Try it
            </Button>
          )}
        </div>
      </form>
    </Section>
  );
}
