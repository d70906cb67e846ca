/** Storing judgements and taking them back. The entry keeps a judgement until the background has it. */
import type { Command } from '../../components/toolbar/view.ts';
import type { Failure } from '../../utils/errors.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { ContentCalls } from '../../utils/messaging/contract.ts';
import { uuidv7 } from '../../utils/review/ids.ts';
import type { Mark, Saved } from '../../utils/review/mark.ts';
import type { ReviewDraft, Snapshot, Verdict } from '../../utils/review/schema.ts';
import type { Entry } from './book.ts';

/** The longest time that the schema takes for one judgement, in ms. */
const MOST_SPENT_MS = 86_400_000;

/** A save that is done sooner needs no word while it lasts, in ms. */
const SLOW_MS = 400;

export interface Verdicts {
  readonly verdict: Verdict;
  readonly labels: readonly string[];
  readonly snapshot: Snapshot;
  readonly visibility: ReviewDraft['visibility'];
}

/** The next revision of the entry's review, or its first. */
export function draftOf(entry: Entry, { verdict, labels, snapshot, visibility }: Verdicts): ReviewDraft {
  return {
    id: entry.mark?.reviewId ?? uuidv7(),
    basedOn: entry.mark?.revision ?? 0,
    saveId: uuidv7(),
    responseKey: entry.key,
    snapshot,
    judgement: { verdict, labels: [...labels], ratings: [], correction: null, comment: null },
    surface: 'toolbar',
    visibility,
    spentMs: Math.min(Math.round(entry.spentMs), MOST_SPENT_MS),
  };
}

export interface Saver {
  /** Stores a draft; a failure stays on the entry and can be retried with the same `saveId`. */
  save(entry: Entry, draft: ReviewDraft): Promise<void>;
  /** The entry whose save can be taken back now: this one, else the one that was saved last. */
  undoable(entry: Entry): Entry | null;
  /** Takes back what `undoable` names. */
  undo(entry: Entry): void;
  /** The editor saved a judgement of this entry. */
  learn(entry: Entry, saved: Saved): void;
}

interface SaverParts {
  readonly call: Call<ContentCalls>;
  readonly onChange: () => void;
  /** A save takes longer than the eye forgives. */
  readonly onSlow: () => void;
  /** The review was revised elsewhere: its mark here is stale. */
  readonly onStale: () => void;
  readonly now?: () => number;
}

export function createSaver({ call, onChange, onSlow, onStale, now = Date.now }: SaverParts): Saver {
  let newest: Entry | null = null;

  function setMark(entry: Entry, mark: Mark | null, saved: Saved | null) {
    Object.assign(entry, { mark, saved, markedAt: now(), setback: null, choosingReason: false });
  }
  function setBack(entry: Entry, failure: Failure, retry: ReviewDraft | Command) {
    entry.setback = { failure, retry };
    if (failure.code === 'conflict') onStale();
  }
  const learn = (entry: Entry, saved: Saved) => {
    setMark(entry, saved.mark, saved);
    entry.spentMs = 0;
    newest = entry;
    onChange();
  };

  async function takeBack(entry: Entry, { mark: { reviewId, revision } }: Saved) {
    entry.saving = true;
    const answer = await call('undoReview', { reviewId, revision });
    entry.saving = false;
    if (answer.ok) setMark(entry, answer.value.mark, null);
    else setBack(entry, answer.error, 'undo');
    onChange();
  }

  const isOpen = (entry: Entry | null) => entry?.saved != null && !entry.saving && entry.saved.undoUntil > now();
  const undoable = (entry: Entry) => [entry, newest].find(isOpen) ?? null;

  return {
    learn,
    async save(entry, draft) {
      if (entry.saving) return;
      Object.assign(entry, { saving: true, setback: null });
      const slow = setTimeout(onSlow, SLOW_MS);
      const answer = await call('saveReview', draft);
      clearTimeout(slow);
      entry.saving = false;
      if (answer.ok) return learn(entry, answer.value);
      setBack(entry, answer.error, draft);
      onChange();
    },
    undoable,
    undo(entry) {
      const target = undoable(entry);
      if (target?.saved) void takeBack(target, target.saved);
    },
  };
}
