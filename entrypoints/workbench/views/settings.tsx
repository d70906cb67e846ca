import '../../../components/workbench/page.css';
import '../../../components/settings/settings.css';
import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Assistance, type ModelFields } from '../../../components/settings/assistance.tsx';
import { Keyboard } from '../../../components/settings/keyboard.tsx';
import { Section } from '../../../components/settings/section.tsx';
import { Snippets } from '../../../components/settings/snippets.tsx';
import { Stored } from '../../../components/settings/stored.tsx';
import type { SaveChoices } from '../../../components/settings/types.ts';
import { Captured, Look, You } from '../../../components/settings/you.tsx';
import { countWords } from '../../../components/workbench/wording.ts';
import { readSnippets, snippetFile } from '../../../utils/exporting/snippets.ts';
import { defaultSettings } from '../../../utils/storage/default-settings.ts';
import { type TeamView as TeamOf, teamView } from '../../../utils/storage/membership.ts';
import { modelState, sampleParts, tryModel } from '../store/assistance.ts';
import { createConsent } from '../store/consent.ts';
import { createExport } from '../store/export.ts';
import { forgetAll } from '../store/forget.ts';
import { live } from '../store/live.ts';
import { offerFile } from '../store/save-file.ts';
import { createSpace } from '../store/space.ts';
import type { Workbench } from '../workbench.ts';
import { useStore } from './use-store.ts';

const notAllowed = {
  message: 'Firefox was not allowed to let Countersign send anything, so no model could be asked.',
  next: 'Try again and allow it.',
};

/** As a server's list of allowed origins has it. In Firefox each installation has another origin. */
const ownOrigin = () => (location.protocol === 'moz-extension:' ? 'moz-extension://*' : location.origin);

/** The team that the reviewer is in, and the way to it. */
function Team({ team }: { readonly team: TeamOf | null }) {
  const about = 'Sets where reviews go, what you judge by and on which sites, with one link or file.';
  return (
    <Section id="team" title="Team" about={about}>
      {team && (
        <p class="captured">
          You are in {team.name}, version {team.version}.
        </p>
      )}
      <p>
        <a href="#/team">{team ? 'Look at it, or leave it' : 'Join a team'}</a>
      </p>
    </Section>
  );
}

/** The reviewer's choices; each is saved at once. */
export function SettingsView({ workbench }: { readonly workbench: Workbench }) {
  const { call, settings, counts, notices, database } = workbench;
  const space = useStore((stop) =>
    createSpace(
      computed(() => counts.value.value?.revisions),
      stop,
    ),
  );
  const consent = useStore((stop) => createConsent(workbench.browser.permissions, stop));
  const set = workbench.assistance;
  // Read apart from an absent one.
  const team = useStore((stop) => live(async () => ({ view: await teamView(database) }), stop)).value.value;
  const exported = useMemo(() => createExport(workbench), [workbench]);
  const stored = counts.value.value;
  const choices = settings.value;

  const save: SaveChoices = async (change) => {
    const answer = await call('saveSettings', change);
    return answer.ok ? null : answer.error;
  };
  const saveModel = async (fields: ModelFields) => {
    if (fields.by === 'endpoint' && !(await consent.ask())) return notAllowed;
    const { key, ...rest } = fields;
    const answer = await call('saveAssistance', { ...rest, ...(key !== undefined && { key }) });
    return answer.ok ? null : answer.error;
  };
  const testModel = async (fields: ModelFields) => {
    if (fields.by === 'endpoint' && !(await consent.ask())) return { ok: false, ...notAllowed };
    return tryModel(database, fields);
  };
  const remove = async (which: { readonly site: string } | { readonly all: true }) => {
    const answer = await forgetAll(call, which);
    if (!answer.ok) return notices.fail(answer.error);
    notices.tell({ tone: 'quiet', text: `${countWords(answer.value.deleted, 'review')} deleted.` });
  };
  const exportAll = async () => {
    await exported.run({}, 'all');
    const state = exported.state.peek();
    if (state.is === 'failed') notices.tell({ tone: 'bad', text: state.message });
    if (state.is === 'done') {
      notices.tell({ tone: 'good', text: `${countWords(state.lines, 'review')} written to ${state.name}.` });
    }
  };

  return (
    <div class="wb-page">
      <header class="wb-page-head">
        <h1>Settings</h1>
        <a href="#/welcome">First steps</a>
      </header>
      {team && <Team team={team.view} />}
      <You choices={choices} onSave={save} />
      <Look choices={choices} onSave={save} />
      <Keyboard choices={choices} defaultKeys={defaultSettings.keys} onSave={save} />
      <Snippets
        snippets={choices.snippets}
        onSave={save}
        newId={() => crypto.randomUUID()}
        onExport={() => offerFile(new Blob([snippetFile(choices.snippets)]), 'countersign-text-blocks.json')}
        onImport={async (file) => readSnippets(await file.text(), () => crypto.randomUUID())}
      />
      <Captured choices={choices} onSave={save} />
      {set.value.value && (
        <Assistance
          set={set.value.value.set}
          onSave={saveModel}
          onTest={testModel}
          onLook={modelState}
          sample={sampleParts}
          origin={ownOrigin()}
        />
      )}
      <Stored
        space={space.value}
        reviews={stored?.reviews ?? 0}
        undelivered={(stored?.owed ?? 0) + (stored?.dead ?? 0)}
        sites={stored?.sites ?? []}
        onExport={() => void exportAll()}
        onDelete={(which) => void remove(which)}
      />
    </div>
  );
}
