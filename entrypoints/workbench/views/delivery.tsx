import '../../../components/workbench/page.css';
import '../../../components/workbench/delivery.css';
import '../../../components/settings/settings.css';
import { useSignal } from '@preact/signals';
import { Plus, ShieldAlert } from 'lucide';
import { Button } from '../../../components/controls/button.tsx';
import { Icon } from '../../../components/controls/icon.tsx';
import type { SaveChoices } from '../../../components/settings/types.ts';
import { DestinationForm } from '../../../components/workbench/destination-form.tsx';
import { Pace } from '../../../components/workbench/pace.tsx';
import type { DestinationFields, SaveOutcome, TestOutcome } from '../../../components/workbench/types.ts';
import { WhatLeaves } from '../../../components/workbench/what-leaves.tsx';
import { abouts } from '../../../utils/connectors/abouts.ts';
import type { Failure } from '../../../utils/errors.ts';
import type { Result } from '../../../utils/result.ts';
import { createConsent } from '../store/consent.ts';
import { destinationViews } from '../store/destinations.ts';
import type { Workbench } from '../workbench.ts';
import { DestinationView } from './destination.tsx';
import { useStore } from './use-store.ts';

const refused = {
  message: 'Not saved: Firefox was not allowed to let Countersign send reviews, so nothing would be delivered.',
  next: 'Save again and allow it, or cancel: reviews then stay on this computer.',
};

/** Without what is `undefined`: a field that is left out keeps what is stored. */
function bodyOf({ token, secret, gzip, options, ...fields }: DestinationFields) {
  return {
    ...fields,
    ...(gzip !== undefined && { gzip }),
    ...(options !== undefined && { options }),
    ...(token !== undefined && { token }),
    ...(secret !== undefined && { secret }),
  };
}

/** What a webhook's template makes of the sample; its code loads with the first template. */
async function previewOf({ connector, options }: DestinationFields): Promise<string | null> {
  const template = options?.template;
  if (connector !== 'webhook' || options?.format !== 'template' || !template) return null;
  const [{ previewTemplate }, { sampleEvent }] = await Promise.all([
    import('../../../utils/connectors/webhook/template.ts'),
    import('../../../utils/connectors/sample.ts'),
  ]);
  const made = previewTemplate(template, await sampleEvent(null));
  return made.ok ? made.value : made.error;
}

/** Where reviews go, and what became of them there. */
export function DeliveryView({ workbench }: { readonly workbench: Workbench }) {
  const { browser, call, notices } = workbench;
  const consent = useStore((stop) => createConsent(browser.permissions, stop));
  /** The id of the destination that is changed; '' for a new one. */
  const editing = useSignal<string | null>(null);
  const destinations = destinationViews(workbench);
  const read = workbench.destinations.value.value !== null;
  const first = read && destinations.length === 0;

  const save = async (fields: DestinationFields): Promise<SaveOutcome> => {
    if (!(await consent.ask())) return refused;
    const answer = await call('saveDestination', bodyOf(fields));
    if (!answer.ok) return answer.error;
    notices.tell({ tone: 'good', text: 'Destination saved.' });
    return null;
  };
  const attempt = async (send: () => Promise<Result<TestOutcome, Failure>>): Promise<TestOutcome> => {
    if (!(await consent.ask()))
      return {
        ok: false,
        message: 'Firefox was not allowed to let Countersign send anything.',
        next: 'Test again and allow it.',
      };
    const answer = await send();
    return answer.ok ? answer.value : { ok: false, ...answer.error };
  };
  const trialOf = (fields: DestinationFields) => {
    const { owed: _, ...body } = bodyOf(fields);
    return body;
  };
  const test = (fields: DestinationFields) => attempt(() => call('testDestination', trialOf(fields)));
  const sample = (fields: DestinationFields, id: string) =>
    attempt(() => call('sendSample', { destination: trialOf(fields), trace: id === '' ? null : { id } }));
  const allow = async () => {
    if (await consent.ask()) await call('deliverNow', {});
  };
  const saveSettings: SaveChoices = async (change) => {
    const answer = await call('saveSettings', change);
    return answer.ok ? null : answer.error;
  };
  const close = () => {
    editing.value = null;
  };
  const form = (id: string) => (
    <DestinationForm
      key={id}
      destination={destinations.find((one) => one.id === id) ?? null}
      onSave={save}
      onTest={test}
      onPreview={previewOf}
      onSample={sample}
      onClose={close}
      canCancel={!first}
      abouts={abouts}
    />
  );

  return (
    <div class="wb-page">
      <header class="wb-page-head">
        <h1>Delivery</h1>
        {!first && editing.value === null && (
          <Button
            icon={Plus}
            onPress={() => {
              editing.value = '';
            }}
          >
            Add destination
          </Button>
        )}
      </header>
      {!consent.given.value && destinations.length > 0 && (
        <div class="wb-banner" role="alert">
          <Icon node={ShieldAlert} />
          <span>Nothing is delivered: Firefox has no permission from you to let Countersign send reviews.</span>
          <Button onPress={() => void allow()}>Allow</Button>
        </div>
      )}
      {first && <WhatLeaves />}
      {(first || editing.value === '') && read && (
        <section class="wb-card" aria-labelledby="new-destination">
          <h2 id="new-destination">{first ? 'Add your first destination' : 'New destination'}</h2>
          {form('')}
        </section>
      )}
      {destinations.map((destination) =>
        editing.value === destination.id ? (
          <section key={destination.id} class="wb-card" aria-label={`Change ${destination.name}`}>
            <h2 class="captured">{destination.name}</h2>
            {form(destination.id)}
          </section>
        ) : (
          <DestinationView
            key={destination.id}
            workbench={workbench}
            destination={destination}
            onEdit={() => {
              editing.value = destination.id;
            }}
          />
        ),
      )}
      {destinations.length > 0 && <Pace choices={workbench.settings.value} onSave={saveSettings} />}
    </div>
  );
}
