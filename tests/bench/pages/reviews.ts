/** Reviews of about 2 kB for stores of any size, made by the product's own code: verdicts, sites, findings and comparisons vary. */
import { nextRevision } from '../../../utils/review/revise.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import type { Judgement } from '../../../utils/review/schema.ts';
import { addCounts, type CountChanges, countRevision } from '../../../utils/storage/counters.ts';
import type { CountersignDatabase, RevisionRow } from '../../../utils/storage/database.ts';
import { rowOf } from '../../../utils/storage/save.ts';
import { aDraft, aFinding, aJudgement, aSnapshot } from '../../support/builders.ts';

const VERDICTS = ['approve', 'correct', 'reject', 'unsure'] as const;
const SITES = 20;
const STEP_MS = 10 * 60_000;
/** The newest was judged then: the same on every machine. */
const END = Date.parse('2026-11-21T08:00:00Z');
/** Rows that are stored together. */
const TOGETHER = 1000;

/** `length` characters of the corpus, others for each `at`. */
function cut(corpus: string, at: number, length: number): string {
  const start = (at * 7919) % Math.max(1, corpus.length - length);
  return corpus.slice(start, start + length).toWellFormed();
}

function judgementOf(text: string, at: number): Judgement {
  const verdict = VERDICTS[at % 4] as (typeof VERDICTS)[number];
  const correction = verdict === 'correct' ? text.slice(0, 300) : null;
  const about = { origin: 'https://chat.example', model: null, ratings: [] };
  const shown = [
    { ...about, responseKey: `chat.example/answer-${at}`, text, rank: 1 },
    { ...about, responseKey: `chat.example/other-${at}`, text: text.slice(0, 200), rank: 2 },
  ];
  return aJudgement({
    verdict,
    labels: verdict === 'approve' ? [] : ['wrong'],
    ratings: [{ dimension: 'quality', value: 1 + (at % 5) }],
    correction,
    ...(at % 4 === 1 ? { findings: [aFinding(text, text.slice(20, 60))] } : {}),
    ...(at % 10 === 0 ? { preference: { shown, outcome: 'ranked' as const, strength: 'clear' as const } } : {}),
  });
}

/** Review number `at`, 0 the oldest of `of`, ten minutes apart; the word `needle<at>` stands in every thousandth. */
export async function reviewRow(corpus: string, at: number, of: number): Promise<RevisionRow> {
  const mark = at % 1000 === 7 ? ` needle${at} ` : '';
  const text = cut(corpus, at, 520) + mark;
  const draft = aDraft({
    responseKey: `chat.example/answer-${at}`,
    snapshot: aSnapshot({ text, prompt: cut(corpus, at * 3 + 1, 90), conversationKey: `conversation-${at >> 4}` }),
    judgement: judgementOf(text, at),
  });
  const review = await nextRevision(draft, null, {
    origin: `https://chat-${at % SITES}.example`,
    reviewer: { id: 'installation-1', name: null },
    rubric: defaultRubric,
    now: END - (of - at) * STEP_MS,
  });
  return rowOf(review, draft.saveId);
}

/** Stores the reviews from number `from` to `to`, of `of` that there will be, and counts them. Answers how many ms that took. */
export async function fill(
  database: CountersignDatabase,
  corpus: string,
  from: number,
  to: number,
  of: number,
): Promise<number> {
  const { revisions, counters } = database;
  const began = performance.now();
  for (let start = from; start < to; start += TOGETHER) {
    const numbers = Array.from({ length: Math.min(TOGETHER, to - start) }, (_, index) => start + index);
    const rows = await Promise.all(numbers.map((at) => reviewRow(corpus, at, of)));
    const changes: CountChanges = new Map();
    for (const row of rows) countRevision(changes, row, 1);
    await database.transaction('rw', revisions, counters, async () => {
      await revisions.bulkAdd(rows);
      await addCounts(database, changes);
    });
  }
  return performance.now() - began;
}
