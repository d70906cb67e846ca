import '../../../components/workbench/page.css';
import '../../../components/settings/settings.css';
import '../../../components/privacy/privacy.css';
import { computed } from '@preact/signals';
import { useCallback } from 'preact/hooks';
import { Backup, HistoryCheck } from '../../../components/privacy/backup.tsx';
import { Forgetting } from '../../../components/privacy/forgetting.tsx';
import { Keeping } from '../../../components/privacy/keeping.tsx';
import { MemoryOnly } from '../../../components/privacy/memory-only.tsx';
import { RemoveAll } from '../../../components/privacy/remove-all.tsx';
import { StoredHere } from '../../../components/privacy/stored-here.tsx';
import { RedactionTerms, type Trial } from '../../../components/privacy/terms.tsx';
import { type ModelAsked, WhatLeft, WhatWouldLeave } from '../../../components/privacy/what-left.tsx';
import type { Choices, SaveChoices } from '../../../components/settings/types.ts';
import { countWords, timeWords } from '../../../components/workbench/wording.ts';
import { fold } from '../../../utils/privacy/fold.ts';
import { compilePattern } from '../../../utils/privacy/pattern/match.ts';
import { PatternError } from '../../../utils/privacy/pattern/syntax.ts';
import type { ReviewQuery } from '../../../utils/review/query.ts';
import {
  type AssistanceAsked,
  type AssistanceShown,
  askedSoFar,
  shownAssistance,
} from '../../../utils/storage/assistance.ts';
import { takeInventory, whatLeft } from '../../../utils/storage/inventory.ts';
import { countSelection } from '../../../utils/storage/remove.ts';
import { countOutdated } from '../../../utils/storage/retention.ts';
import { writeRoute } from '../route.ts';
import { createBackup } from '../store/backup.ts';
import { destinationViews } from '../store/destinations.ts';
import { type Forgotten, forgetAll } from '../store/forget.ts';
import { createHistoryCheck } from '../store/history-check.ts';
import { live } from '../store/live.ts';
import { createRemoveAll } from '../store/remove-all.ts';
import { createSpace } from '../store/space.ts';
import { inMoments, type Workbench } from '../workbench.ts';
import { useStore } from './use-store.ts';

/** Tries a pattern on the folded copy of a text, as redaction does. */
export function tryPattern(pattern: string, text: string): Trial {
  try {
    const folded = fold(text);
    const found = compilePattern(pattern).findAll(folded.text);
    return { found: [...new Set(found.map(({ start, end }) => folded.text.slice(start, end)))].slice(0, 10) };
  } catch (thrown) {
    if (thrown instanceof PatternError) return { problem: thrown.message };
    throw thrown;
  }
}

/** What to say of the model for a second opinion; null where there is none, and never was. */
function modelAsked(
  asked: { readonly set: AssistanceShown | null; readonly so: AssistanceAsked | null } | null,
  now: number,
): ModelAsked | null {
  const { set, so } = asked ?? {};
  if (!set && !so) return null;
  const host = set?.by === 'endpoint' ? (URL.parse(set.url)?.host ?? set.url) : null;
  const { count = 0, lastAt = null } = so ?? {};
  return { host, set: Boolean(set), count, last: lastAt === null ? '' : timeWords(lastAt, now) };
}

const linkTo = (reviewId: string) => writeRoute({ view: 'reviews', reviewId, query: {} });
const linkToList = (query: ReviewQuery) => writeRoute({ view: 'reviews', reviewId: null, query });

/** What is stored where, what has left and would leave, and how to take it out or away. */
export function PrivacyView({ workbench }: { readonly workbench: Workbench }) {
  const { database, call, counts, settings, notices, now, memoryOnly: memory } = workbench;
  const stored = useStore((stop) => live(() => takeInventory(database), stop));
  const left = useStore((stop) => live(() => whatLeft(database), stop));
  const asked = useStore((stop) =>
    live(async () => ({ set: await shownAssistance(database), so: await askedSoFar(database) }), stop),
  );
  const space = useStore((stop) =>
    createSpace(
      computed(() => counts.value.value?.revisions),
      stop,
    ),
  );
  const backup = useStore(() => createBackup(database, call));
  const check = useStore((stop) => createHistoryCheck(database, stop));
  const onDone = () => {
    notices.tell({ tone: 'quiet', text: 'Everything is removed. Countersign is as it was when it was installed.' });
    window.location.hash = writeRoute({ view: 'welcome' });
  };
  const removal = useStore((stop) => createRemoveAll({ call, counts, onDone }, stop));
  const destinations = destinationViews(workbench);
  const failure = stored.value.failure ?? left.value.failure ?? memory.value.failure;
  // All at once: parts that come later would push away what somebody is about to press.
  const ready =
    failure !== null ||
    ([stored, left, memory, asked].every((each) => each.value.value !== null) && space.value !== null);

  const save: SaveChoices = async (change: Partial<Choices>) => {
    const answer = await call('saveSettings', change);
    return answer.ok ? null : answer.error;
  };
  const count = useCallback(
    async (query: ReviewQuery, stop: AbortSignal) => {
      const found = await countSelection(database, { query: inMoments(query) }, stop);
      return stop.aborted ? null : found;
    },
    [database],
  );
  const outdated = useCallback((days: number) => countOutdated(database, days, Date.now()), [database]);
  const told = ({ deleted, tombstones }: Forgotten) => {
    const owed =
      tombstones === 0
        ? ''
        : ` ${countWords(tombstones, 'request', 'requests')} to delete ${tombstones === 1 ? 'is' : 'are'} on the way.`;
    notices.tell({
      tone: 'quiet',
      text: `${countWords(deleted, 'review')} deleted.${owed}`.replace(/^./, (letter) => letter.toUpperCase()),
    });
  };
  const forget = async (query: ReviewQuery, everywhere: boolean) => {
    const answer = await forgetAll(call, { query: inMoments(query), everywhere });
    if (answer.ok) told(answer.value);
    else notices.fail(answer.error);
  };
  const forgetOutdated = async () => {
    const answer = await call('forgetOutdated', {});
    if (answer.ok) told(answer.value);
    else notices.fail(answer.error);
  };

  return (
    <div class="wb-page">
      <header class="wb-page-head">
        <h1>Privacy</h1>
      </header>
      {failure && (
        <p class="wb-failure" role="alert">
          {failure.message} {failure.next}
        </p>
      )}
      {ready && (
        <>
          <StoredHere counts={stored.value.value} space={space.value} inMemory={memory.value.value === true} />
          <MemoryOnly
            on={memory.value.value === true}
            reviews={stored.value.value?.reviews ?? 0}
            drafts={stored.value.value?.drafts ?? 0}
            undelivered={(stored.value.value?.owed ?? 0) + (stored.value.value?.dead ?? 0)}
            onTurn={(choice) => void workbench.act('setMemoryOnly', choice)}
          />
          <WhatLeft left={left.value.value} now={now.value} linkTo={linkTo} />
          <WhatWouldLeave destinations={destinations} model={modelAsked(asked.value.value, now.value)} />
          <RedactionTerms terms={settings.value} onSave={save} onTry={tryPattern} />
          <Keeping
            choices={settings.value}
            onSave={save}
            countOutdated={outdated}
            onForget={() => void forgetOutdated()}
            reviews={counts.value.value?.reviews ?? 0}
          />
          <Forgetting
            sites={(counts.value.value?.sites ?? []).map(({ site }) => site)}
            count={count}
            onForget={forget}
            anyDestination={destinations.length > 0}
            linkTo={linkToList}
          />
          <Backup
            state={backup.state.value}
            onExport={() => void backup.write()}
            onImport={(file) => void backup.take(file)}
          />
          <HistoryCheck
            state={check.state.value}
            onCheck={() => void check.run()}
            onStop={check.stop}
            linkTo={linkTo}
          />
          <RemoveAll
            state={removal.state.value}
            reviews={counts.value.value?.reviews ?? 0}
            anyDestination={destinations.length > 0}
            onRemove={(tell) => void removal.run(tell)}
            onGoOn={removal.goOn}
            onStop={removal.stop}
          />
        </>
      )}
    </div>
  );
}
