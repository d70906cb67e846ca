/** What would leave of one review, for each destination, as it stands now. */
import type { ReadonlySignal } from '@preact/signals';
import type { SuggestionView } from '../../../components/review/leaving-preview.tsx';
import { suggest } from '../../../utils/privacy/suggestions.ts';
import type { LeavingView } from '../../../utils/review/leaving-view.ts';
import type { Review } from '../../../utils/review/schema.ts';
import type { CountersignDatabase } from '../../../utils/storage/database.ts';
import { redactionTerms } from '../../../utils/storage/leaving.ts';
import { leavingViews } from '../../../utils/storage/leaving-view.ts';
import { levelOf } from '../../../utils/storage/shares.ts';
import { type Live, live } from './live.ts';

/** Names and addresses in the texts of a review that are not replaced yet. */
export function suggestionsFor({ snapshot, judgement }: Review, known: readonly SuggestionView[]): SuggestionView[] {
  const said = (judgement.findings ?? []).flatMap(({ note, replacement }) => [note, replacement]);
  const before = (snapshot.context ?? []).map(({ text }) => text);
  const texts = [snapshot.text, snapshot.prompt, ...before, judgement.correction, judgement.comment, ...said];
  const found = new Map<string, SuggestionView>();
  for (const text of texts) {
    for (const { kind, value } of suggest(text ?? '')) found.set(value, { kind, value });
  }
  for (const { value } of known) found.delete(value);
  return [...found.values()];
}

export interface LeavingStore {
  readonly previews: readonly LeavingView[];
  /** None where no destination gets redacted text. */
  readonly suggestions: readonly SuggestionView[];
}

/** Follows destinations and terms until `stop` aborts. */
export function createLeaving(
  database: CountersignDatabase,
  review: Review,
  stop: AbortSignal,
): ReadonlySignal<Live<LeavingStore>> {
  const read = async (): Promise<LeavingStore> => {
    const rows = (await database.destinations.toArray()).filter(({ former }) => !former);
    const { alsoRedact } = await redactionTerms(database);
    const previews = await leavingViews(database, review);
    const redacts = rows.some((row) => levelOf(row) === 'redacted');
    return { previews, suggestions: redacts ? suggestionsFor(review, alsoRedact) : [] };
  };
  return live(read, stop);
}
