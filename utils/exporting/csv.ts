/**
 * Reviews as CSV (RFC 4180), a row each, to be opened in a spreadsheet. Whatever stood on a page must stay text there: cells that
 * a spreadsheet would take for a formula get an apostrophe in front (OWASP, "CSV Injection"). That, and the length that a
 * cell can have, changes texts; what must be complete and exact is the JSON Lines export.
 */
import type { Finding, Rating, Review } from '../review/schema.ts';

/** The most that a cell of Excel holds is 32,767 UTF-16 code units; what is longer would run into other cells. */
const CELL_LIMIT = 32_000;
const CUT = ' … (cut: the JSON Lines export has all of it)';

/** Controls other than tab and line feed: no spreadsheet shows them, and some readers end a text at one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/**
 * What a reader may skip before it looks for a formula (white space, marks of no width and of direction), and then what begins
 * one, in half and full width; or a tab or line end, which some readers take off. A cell that merely begins so is text
 * with the apostrophe and without.
 */
const formula = /^(?:[\t\n]|[\s\p{Cf}\p{Zs}]*[=+\-@|%＝＋－＠﹢﹣﹦﹫−])/u;

/**
 * The same behind what a reader with another idea of the separator takes for the end of a cell: a semicolon, a tab, a line end.
 * The dash of a Markdown list is let through, because answers are full of it.
 */
const formulaInside = /(?<=[;\t\n][\s\p{Cf}\p{Zs}]*)(?:[=@＝＋－＠﹢﹣﹦﹫−]|[+-](?! ))/gu;

function cut(text: string): string {
  if (text.length <= CELL_LIMIT) return text;
  const end = CELL_LIMIT - CUT.length;
  const splits = /[\ud800-\udbff]/.test(text.charAt(end - 1));
  return text.slice(0, splits ? end - 1 : end) + CUT;
}

/** One cell: always in quotes, its line ends line feeds, never a formula. Null is an empty cell. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '""';
  if (typeof value === 'number') return `"${value < 0 ? "'" : ''}${value}"`;
  const text = cut(value.replace(/\r\n?/g, '\n').replace(controls, ''))
    .replace(formulaInside, "'$&")
    .replaceAll('"', '""');
  return `"${formula.test(text) ? "'" : ''}${text}"`;
}

/** One row with its line end. */
export const csvRow = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function ratingWords({ value, reason }: Rating): string {
  const words = Array.isArray(value) ? value.join('; ') : String(value);
  return reason === undefined ? words : `${words} (${reason})`;
}

function findingWords({ severity, label, quote, replacement, note, source, orphan }: Finding): string {
  const parts = [
    `${severity}${label === null ? '' : `, ${label}`}${orphan ? ', gone from the answer' : ''}: “${quote.exact}”`,
    replacement === null ? '' : `instead: “${replacement}”`,
    note ?? '',
    source ?? '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function preferenceWords({ judgement: { preference } }: Review): string | null {
  if (!preference) return null;
  if (preference.outcome !== 'ranked') return preference.outcome;
  const ranked = preference.shown.map(({ rank, model, text }) => ({ rank, words: model ?? text.slice(0, 80) }));
  const order = ranked.toSorted((a, b) => a.rank - b.rank).map(({ rank, words }) => `${rank}. ${words}`);
  return [...order, ...(preference.strength === null ? [] : [`(${preference.strength})`])].join('\n');
}

const columns: readonly (readonly [name: string, of: (review: Review) => string | number | null])[] = [
  ['review', ({ id }) => id],
  ['revision', ({ revision }) => revision],
  ['judged at', ({ createdAt }) => createdAt],
  ['reviewer', ({ reviewer }) => reviewer.name ?? reviewer.id],
  ['site', ({ origin }) => origin],
  ['page', ({ snapshot }) => snapshot.pageUrl],
  ['page title', ({ snapshot }) => snapshot.pageTitle],
  ['model', ({ snapshot }) => snapshot.model],
  ['verdict', ({ judgement }) => judgement.verdict],
  ['labels', ({ judgement }) => judgement.labels.join('; ')],
  ['prompt', ({ snapshot }) => snapshot.prompt],
  ['answer', ({ snapshot }) => snapshot.text],
  ['correction', ({ judgement }) => judgement.correction],
  ['comment', ({ judgement }) => judgement.comment],
  ['findings', ({ judgement }) => (judgement.findings ?? []).map(findingWords).join('\n') || null],
  ['preference', preferenceWords],
  ['seconds spent', ({ spentMs }) => Math.round(spentMs / 1000)],
  ['rubric', ({ rubric }) => `${rubric.id} ${rubric.version}`],
];

/**
 * A row for each of these revisions, below the names of the columns, with a column for each of these dimensions; ratings on
 * others stand together in the last one. The file begins with a byte order mark: without it Excel reads UTF-8 as something else.
 */
export async function* csvRows(
  reviews: AsyncIterable<Review> | Iterable<Review>,
  dimensions: readonly string[],
): AsyncGenerator<string> {
  const names = [...new Set(dimensions)];
  const known = new Set(names);
  const head = [...columns.map(([name]) => name), ...names.map((name) => `rating: ${name}`), 'other ratings'];
  yield `\ufeff${csvRow(head)}`;
  for await (const review of reviews) {
    const { ratings } = review.judgement;
    const byName = new Map(ratings.map((rating) => [rating.dimension, ratingWords(rating)]));
    const others = ratings.filter(({ dimension }) => !known.has(dimension));
    yield csvRow([
      ...columns.map(([, of]) => of(review)),
      ...names.map((name) => byName.get(name) ?? null),
      others.map((rating) => `${rating.dimension}: ${ratingWords(rating)}`).join('\n') || null,
    ]);
  }
}
