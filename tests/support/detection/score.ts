/** Counts what the finder gets right and wrong on a page whose messages are known. */

/** One message of a page, as its fixture tells it. */
export interface KnownMessage {
  readonly role: string;
  readonly text: string;
}

/** One response as detection reports it. */
export interface Found {
  readonly text: string;
  readonly asserted: boolean;
}

export interface Score {
  /** AI messages on the page. */
  readonly wanted: number;
  /** Those that were found, asserted or offered, and those asserted. */
  readonly found: number;
  readonly asserted: number;
  /** Responses that are or hold what somebody else said: asserted, and offered. */
  readonly wrong: number;
  readonly wronglyOffered: number;
  /** Asserted responses that are no message at all, such as "Thinking". */
  readonly extra: number;
  /** Those found whose text is the AI's to the letter. */
  readonly exact: number;
}

const noScore: Score = { wanted: 0, found: 0, asserted: 0, wrong: 0, wronglyOffered: 0, extra: 0, exact: 0 };

export const sumOf = (scores: readonly Score[]): Score =>
  scores.reduce(
    (sum, score) => ({
      wanted: sum.wanted + score.wanted,
      found: sum.found + score.found,
      asserted: sum.asserted + score.asserted,
      wrong: sum.wrong + score.wrong,
      wronglyOffered: sum.wronglyOffered + score.wronglyOffered,
      extra: sum.extra + score.extra,
      exact: sum.exact + score.exact,
    }),
    noScore,
  );

const wordsOf = (text: string) => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
const plain = (text: string) => wordsOf(text).join(' ');

/** How many of the words stand in the text, in this order, 0 to 1. */
function coverage(words: readonly string[], text: readonly string[]): number {
  let row = new Array<number>(text.length + 1).fill(0);
  for (const word of words) {
    const next = [0];
    for (const [at, other] of text.entries()) {
      next.push(word === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    }
    row = next;
  }
  return (row.at(-1) ?? 0) / Math.max(1, words.length);
}

/** What a redesigned page may show with an answer: its name, its reasoning, its sources. In words. */
const extraWords = 60;

/** Whether a response is this AI message: nearly all of it, little else, and nothing that somebody else said. */
function isMessage(found: string, wanted: string, others: readonly string[]): boolean {
  const [have, want] = [wordsOf(found), wordsOf(wanted)];
  if (coverage(want, have) < 0.85 || have.length > 3 * want.length + extraWords) return false;
  const said = plain(found);
  return !others.some(
    (other) => wordsOf(other).length > 2 && said.includes(plain(other)) && !plain(wanted).includes(plain(other)),
  );
}

export function score(found: readonly Found[], messages: readonly KnownMessage[]): Score {
  const isAi = ({ role }: KnownMessage) => role === 'assistant' || role === 'draft';
  const wanted = messages.filter((message) => isAi(message) && plain(message.text) !== '');
  const others = messages.filter((message) => !isAi(message)).map(({ text }) => text);
  const left = [...found];
  let [hits, asserted, exact] = [0, 0, 0];
  for (const { text } of wanted) {
    const at = left.findIndex((each) => isMessage(each.text, text, others));
    const [hit] = at < 0 ? [] : left.splice(at, 1);
    if (!hit) continue;
    hits += 1;
    if (hit.asserted) asserted += 1;
    if (plain(hit.text) === plain(text)) exact += 1;
  }
  const rest = left.filter((each) => plain(each.text) !== '');
  const isOthers = ({ text }: Found) => {
    const said = plain(text);
    return others.some((other) => {
      const words = plain(other);
      return (
        said === words ||
        (wordsOf(other).length > 2 && (said.includes(words) || (said.length > 12 && words.includes(said))))
      );
    });
  };
  const wrong = rest.filter(isOthers);
  return {
    wanted: wanted.length,
    found: hits,
    asserted,
    wrong: wrong.filter((each) => each.asserted).length,
    wronglyOffered: wrong.filter((each) => !each.asserted).length,
    extra: rest.filter((each) => each.asserted && !isOthers(each)).length,
    exact,
  };
}

const percent = (part: number, whole: number) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);

/** Lines of a table: one per row, and their sum. */
export function tableOf(rows: readonly (readonly [name: string, score: Score])[]): string {
  const all = [...rows, ['all', sumOf(rows.map(([, each]) => each))] as const];
  return [
    'page | AI messages | found | asserted | wrongly asserted | wrongly offered | no message | text exact',
    ...all.map(
      ([name, { wanted, found, asserted, wrong, wronglyOffered, extra, exact }]) =>
        `${name} | ${wanted} | ${found} (${percent(found, wanted)}) | ${asserted} | ${wrong} | ${wronglyOffered} | ${extra} | ${exact}`,
    ),
  ].join('\n');
}
