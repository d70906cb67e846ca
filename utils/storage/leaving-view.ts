/** What would leave of a review for each destination, in words and texts, for a look at it before it is saved or sent. */
import type { LeavingView } from '../review/leaving-view.ts';
import type { Review } from '../review/schema.ts';
import type { ReviewEvent } from '../review/wire.ts';
import type { CountersignDatabase, DestinationRow } from './database.ts';
import { previewLeaving } from './leaving.ts';
import { levelOf, shareOf } from './shares.ts';

const names: Readonly<Record<string, string>> = {
  'snapshot.text': 'Answer',
  'snapshot.markdown': 'Answer as Markdown',
  'snapshot.prompt': 'Prompt',
  'snapshot.context': 'What was said before the prompt',
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
    ...(snapshot.context ?? []).map(({ text }, index, all): [string, string] => [
      `Before the prompt, ${index + 1} of ${all.length}`,
      text,
    ]),
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

async function viewFor(database: CountersignDatabase, review: Review, row: DestinationRow): Promise<LeavingView> {
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

/** The same for every destination that gets something new. Works inside `liveQuery`. */
export async function leavingViews(database: CountersignDatabase, review: Review): Promise<readonly LeavingView[]> {
  const rows = (await database.destinations.toArray()).filter(({ former }) => !former);
  const views: LeavingView[] = [];
  for (const row of rows) views.push(await viewFor(database, review, row));
  return views;
}
