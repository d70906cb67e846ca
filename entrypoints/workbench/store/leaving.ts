/** What would leave of one review, for each destination, as it stands now. */
import type { ReadonlySignal } from '@preact/signals';
import type { PreviewView, SuggestionView } from '../../../components/privacy/leaving-preview.tsx';
import { suggest } from '../../../utils/privacy/suggestions.ts';
import type { Review } from '../../../utils/review/schema.ts';
import type { ReviewEvent } from '../../../utils/review/wire.ts';
import type { CountersignDatabase, DestinationRow } from '../../../utils/storage/database.ts';
import { previewLeaving, redactionTerms } from '../../../utils/storage/leaving.ts';
import { levelOf, shareOf } from '../../../utils/storage/shares.ts';
import { type Live, live } from './live.ts';

const names: Readonly<Record<string, string>> = {
  'snapshot.text': 'Answer',
  'snapshot.markdown': 'Answer as Markdown',
  'snapshot.prompt': 'Prompt',
  'snapshot.pageTitle': 'Title of the page',
  'snapshot.pageUrl': 'Address of the page',
  'judgement.correction': 'Correction',
  'judgement.comment': 'Comment',
  'judgement.ratings.*.value': 'Answers in words',
  'judgement.ratings.*.reason': 'Reasons',
  'judgement.findings.*.quote': 'Words that findings are about',
  'judgement.findings.*.note': 'Notes on findings',
  'judgement.findings.*.replacement': 'Replacements',
  'judgement.findings.*.source': 'Sources',
  'judgement.preference.shown.*.text': 'Compared answers',
};

/** Every text of an event that is not empty; the Markdown only where it says more than the text. */
function textsOf({ data }: ReviewEvent): [string, string][] {
  const { snapshot, judgement, reviewer } = data;
  const texts: [string, string | null][] = [
    ['Answer', snapshot.text],
    ['Answer as Markdown', snapshot.markdown === snapshot.text ? null : snapshot.markdown],
    ['Prompt', snapshot.prompt],
    ['Correction', judgement.correction],
    ['Comment', judgement.comment],
    ...(judgement.findings ?? []).flatMap(({ quote, note, replacement, source }, index): [string, string | null][] => [
      [`Finding ${index + 1}`, quote.exact],
      [`Note on finding ${index + 1}`, note],
      [`Replacement of finding ${index + 1}`, replacement],
      [`Source of finding ${index + 1}`, source],
    ]),
    ...judgement.ratings.map(({ reason }): [string, string | null] => ['Reason', reason ?? null]),
    ...(judgement.preference?.shown ?? []).map(({ text }): [string, string | null] => ['Compared answer', text]),
    ['Title of the page', snapshot.pageTitle],
    ['Address of the page', snapshot.pageUrl],
    ['Model', snapshot.model],
    ['Your name', reviewer.name],
  ];
  return texts.flatMap(([name, text]) => (text ? [[name, text] as [string, string]] : []));
}

async function previewFor(database: CountersignDatabase, review: Review, row: DestinationRow): Promise<PreviewView> {
  const { id: destinationId, name } = row;
  const sends = levelOf(row);
  const made = await previewLeaving(database, review, shareOf(row));
  if (!made.ok) return { destinationId, name, sends, result: { is: 'withheld', message: made.error.message } };
  const { event, fields } = made.value;
  const { leftOut = [] } = event.data.redaction ?? {};
  const texts = textsOf(event);
  const hasMarkdown = texts.some(([field]) => field === names['snapshot.markdown']);
  const shown = fields.filter(({ path }) => path !== 'snapshot.markdown' || hasMarkdown);
  return {
    ...{ destinationId, name, sends },
    result: {
      is: 'ready',
      texts,
      leftOut: leftOut.map((path) => (names[path] ?? path).toLowerCase()),
      replaced: shown.reduce((sum, { recognized }) => sum + recognized.length, 0),
      json: JSON.stringify(event, null, 2),
    },
  };
}

/** Names and addresses in the texts of a review that are not replaced yet. */
export function suggestionsFor({ snapshot, judgement }: Review, known: readonly SuggestionView[]): SuggestionView[] {
  const said = (judgement.findings ?? []).flatMap(({ note, replacement }) => [note, replacement]);
  const texts = [snapshot.text, snapshot.prompt, judgement.correction, judgement.comment, ...said];
  const found = new Map<string, SuggestionView>();
  for (const text of texts) {
    for (const { kind, value } of suggest(text ?? '')) found.set(value, { kind, value });
  }
  for (const { value } of known) found.delete(value);
  return [...found.values()];
}

export interface LeavingStore {
  readonly previews: readonly PreviewView[];
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
    const previews: PreviewView[] = [];
    for (const row of rows) previews.push(await previewFor(database, review, row));
    const redacts = rows.some((row) => levelOf(row) === 'redacted');
    return { previews, suggestions: redacts ? suggestionsFor(review, alsoRedact) : [] };
  };
  return live(read, stop);
}
