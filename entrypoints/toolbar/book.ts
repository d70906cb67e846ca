/**
 * What is known of each response of the page, by response key: its review, and the judgement that is being made.
 * Elements come and go with the site's re-rendering; what is written here stays.
 */
import type { Command, ToolbarView } from '../../components/toolbar/view.ts';
import { reasonsIn, sureness } from '../../components/toolbar/words.ts';
import type { DetectionChange, Response } from '../../utils/detection/types.ts';
import type { Failure } from '../../utils/errors.ts';
import type { TriageAnswer } from '../../utils/messaging/contract.ts';
import type { Mark, Saved } from '../../utils/review/mark.ts';
import type { ReviewDraft } from '../../utils/review/schema.ts';

/** A judgement that could not be stored, with what it takes to try again. */
export interface Setback {
  readonly failure: Failure;
  readonly retry: ReviewDraft | Command;
}

export interface Entry {
  key: string;
  /** Null while the response is not on the page. */
  response: Response | null;
  /** The background was asked for its review. */
  asked: boolean;
  mark: Mark | null;
  /** Triage asks for a review of it; and it resembles one that was corrected. */
  asks: boolean;
  corrected: boolean;
  /** When that was learned last, in ms since 1970. */
  triagedAt: number;
  /** When this page last learned of a save or an undo by itself, in ms since 1970. */
  markedAt: number;
  /** The last save while it can be taken back. */
  saved: Saved | null;
  choosingReason: boolean;
  /** The reviewer asked why it is taken for an AI answer. */
  asksWhy: boolean;
  saving: boolean;
  setback: Setback | null;
  /** The text that the reviewer has before them: a judgement of any other text does not count. */
  seenText: string | null;
  /** How long it was the active one, in ms. */
  spentMs: number;
}

/** Most entries that are remembered for responses that left the page without a judgement under way. */
const MOST_ENTRIES = 5_000;

/** A judgement of it is under way. */
export const isBusy = (entry: Entry) => entry.choosingReason || entry.saving || entry.setback !== null;

export interface Book {
  get(key: string): Entry | null;
  /** Entries of responses on the page. */
  present(): Entry[];
  /** Takes over what detection saw; entries whose response is new, or changed. */
  apply(change: DetectionChange): void;
  /** Keys of settled responses that the background was not asked about, at most `limit`, counted as asked from now on. */
  unasked(limit: number): string[];
  markAsked(keys: readonly string[]): void;
  /** Marks may be stale: these entries, or all, count as not asked. */
  forgetAsked(keys?: readonly string[]): void;
  /** Takes over what triage said of these responses, asked at `askedAt`; what was learned since is newer. */
  setTriage(told: readonly string[], answer: TriageAnswer | undefined, askedAt: number): void;
  /** Takes over the marks of the responses that were asked about at `askedAt`; what was saved since is newer. */
  setMarks(asked: readonly string[], marks: readonly Mark[], askedAt: number): void;
}

export function createBook(): Book {
  const entries = new Map<string, Entry>();

  function entryOf(key: string): Entry {
    let entry = entries.get(key);
    if (!entry) {
      const none = { response: null, mark: null, saved: null, setback: null, seenText: null };
      entry = {
        key,
        ...none,
        asked: false,
        asks: false,
        corrected: false,
        triagedAt: 0,
        choosingReason: false,
        asksWhy: false,
        saving: false,
        markedAt: 0,
        spentMs: 0,
      };
      entries.set(key, entry);
    }
    return entry;
  }

  function setAsked(keys: readonly string[], asked: boolean) {
    for (const key of keys) Object.assign(entries.get(key) ?? {}, { asked });
  }

  function forgetOldest() {
    for (const [key, entry] of entries) {
      if (entries.size <= MOST_ENTRIES) return;
      if (!entry.response && !isBusy(entry)) entries.delete(key);
    }
  }

  return {
    get: (key) => entries.get(key) ?? null,
    present: () => [...entries.values()].filter((entry) => entry.response),
    apply({ rekeyed, added, changed, removed }) {
      for (const { key } of removed) {
        const entry = entries.get(key);
        if (entry) entry.response = null;
      }
      for (const { from, response } of rekeyed) {
        const entry = entries.get(from);
        if (!entry) continue;
        entries.delete(from);
        const known = entries.get(response.key);
        entry.key = response.key;
        entry.asked = known?.asked ?? false;
        entry.mark ??= known?.mark ?? null;
        entries.set(entry.key, entry);
      }
      for (const response of [...added, ...changed]) entryOf(response.key).response = response;
      forgetOldest();
    },
    unasked(limit) {
      const open = [...entries.values()]
        .filter((entry) => !entry.asked && entry.response?.settled && entry.response.asserted)
        .slice(-limit);
      for (const entry of open) entry.asked = true;
      return open.map(({ key }) => key);
    },
    markAsked: (keys) => setAsked(keys, true),
    forgetAsked: (keys = [...entries.keys()]) => setAsked(keys, false),
    setTriage(told, answer, askedAt) {
      const [asks, corrected] = [new Set(answer?.asks), new Set(answer?.corrected)];
      for (const key of told) {
        const entry = entries.get(key);
        if (!entry || entry.triagedAt > askedAt) continue;
        Object.assign(entry, { asks: asks.has(key), corrected: corrected.has(key), triagedAt: askedAt });
      }
    },
    setMarks(asked, marks, askedAt) {
      const found = new Map(marks.map((mark) => [mark.responseKey, mark]));
      for (const key of asked) {
        const entry = entries.get(key);
        if (!entry || entry.saving || entry.markedAt > askedAt) continue;
        // A review that was made under a provisional key is not found under the final one.
        const isElsewhere = entry.mark !== null && entry.mark.responseKey !== key;
        entry.mark = found.get(key) ?? (isElsewhere ? entry.mark : null);
        if (entry.saved?.mark.revision !== entry.mark?.revision) entry.saved = null;
      }
    },
  };
}

const whyOf = ({ confidence, evidence, asserted }: Response): ToolbarView => ({
  kind: 'why',
  sure: sureness(confidence),
  reasons: reasonsIn(evidence),
  asserted,
});

/** What the toolbar shows for an entry at `now`, in ms since 1970; `note` is what else there is to say of the answer; `selected`: a part of it is. */
export function viewOf(entry: Entry, now: number, note = '', selected = false): ToolbarView {
  const { response } = entry;
  if (entry.setback) return { kind: 'failed', failure: entry.setback.failure };
  if (entry.asksWhy && response) return whyOf(response);
  if (response && !response.asserted) return { kind: 'offer', author: response.author };
  if (entry.choosingReason) return { kind: 'reasons' };
  if (entry.saved && !entry.saving && entry.saved.undoUntil > now) {
    const { mark, undoUntil, inMemory } = entry.saved;
    return { kind: 'saved', mark, inMemory, seconds: Math.ceil((undoUntil - now) / 1000) };
  }
  if (!entry.response?.settled) return { kind: 'writing' };
  return { kind: 'choose', mark: entry.mark, note, ...(selected ? { selected } : {}) };
}
