/** The part of the row `memory` that runs in a page: many corrections in a real IndexedDB, and looking answers up among them. */

import { sketchOfWrong } from '../../../utils/recurrence/sketch.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import { CountersignDatabase, type RevisionRow, type SketchRow } from '../../../utils/storage/database.ts';
import { recall } from '../../../utils/storage/recalling.ts';
import { correctedBefore } from '../../../utils/storage/recurring.ts';
import { rowOf, saveRevision } from '../../../utils/storage/save.ts';
import { aDraft, aJudgement, aReview, aSnapshot } from '../../support/builders.ts';
import {
  again,
  type Corrected,
  chance,
  manyCorrected,
  unrelatedAnswers,
  type Way,
} from '../../support/recurrence/answers.ts';

const SEED = 77;
const context = { origin: 'https://desk.example', reviewer: { id: 'i', name: null }, rubric: defaultRubric };

const draftOf = ({ subject, correction }: Corrected) =>
  aDraft({
    snapshot: aSnapshot({ text: subject.text, prompt: subject.prompt }),
    judgement: aJudgement({ correction }),
  });

async function timed<T>(work: () => Promise<T>): Promise<[ms: number, answer: T]> {
  const began = performance.now();
  const answer = await work();
  return [performance.now() - began, answer];
}

/** Bytes of the whole database, as far as the browser says. */
const bytes = async () => (await navigator.storage.estimate()).usage ?? 0;

/** Fills the database; `indexed` false leaves the memory out, to see what it adds. Answers bytes and ms. */
export async function fill(count: number, indexed: boolean): Promise<{ bytes: number; ms: number }> {
  const before = await bytes();
  const database = new CountersignDatabase(indexed ? 'indexed' : 'plain');
  const began = performance.now();
  const now = Date.now() - 600_000 - count;
  let rows: RevisionRow[] = [];
  let sketches: SketchRow[] = [];
  const flush = () =>
    database.transaction('rw', [database.revisions, database.sketches], async () => {
      await database.revisions.bulkAdd(rows);
      if (indexed) await database.sketches.bulkAdd(sketches);
      [rows, sketches] = [[], []];
    });
  let at = 0;
  for (const one of manyCorrected(SEED, count)) {
    // Real in all but its hashes, which would take longer than all else.
    const { snapshot, judgement } = draftOf(one);
    const createdAt = new Date(now + at).toISOString();
    const review = aReview({ snapshot, judgement, origin: context.origin, createdAt });
    const features = sketchOfWrong(one.subject, one.correction);
    rows.push(rowOf(review, review.id));
    sketches.push({ place: -(now + at) * 1000, reviewId: review.id, revision: 1, features });
    at += 1;
    if (rows.length === 1000) await flush();
    if (at % 10_000 === 0) console.log(`${at} of ${count}`);
  }
  await flush();
  database.close();
  return { bytes: (await bytes()) - before, ms: performance.now() - began };
}

const asked = (subject: { text: string; prompt: string | null }) => ({
  ...subject,
  site: 'https://other.example',
  responseKey: 'new',
});

/** Looks answers up: as they come again, and unrelated ones. The first look-up of this page opens the database, too. */
export async function look(count: number, times: number) {
  const database = new CountersignDatabase('indexed');
  const random = chance(SEED + 1);
  const ways: readonly Way[] = ['other numbers', 'other customer', 'sentences added', 'half shortened', 'synonyms'];
  const corrected: Corrected[] = [];
  const every = Math.floor(count / times);
  let at = 0;
  for (const one of manyCorrected(SEED, count)) {
    if (at % every === 0) corrected.push(one);
    at += 1;
  }
  const comeAgain = corrected.map((one, index) => again(random, one, ways[index % ways.length] as Way));
  const others = unrelatedAnswers(SEED + 2, 300, times);
  const first = comeAgain[0] as (typeof comeAgain)[number];
  const [opened] = await timed(() => database.open());
  const [cold] = await timed(() => recall(database, asked(first)));
  const known: number[] = [];
  const unknown: number[] = [];
  const shown: number[] = [];
  let [found, marked] = [0, 0];
  for (const [index, subject] of comeAgain.entries()) {
    const [ms, { corrected: hit }] = await timed(() => recall(database, asked(subject)));
    known.push(ms);
    if (hit?.review.snapshot.text === corrected[index]?.subject.text) found += 1;
    shown.push((await timed(() => correctedBefore(database, asked(subject), null)))[0]);
  }
  for (const subject of others) {
    const [ms, { corrected: hit }] = await timed(() => recall(database, asked(subject)));
    unknown.push(ms);
    if (hit) marked += 1;
  }
  return { opened, cold, known, unknown, shown, found, marked, of: comeAgain.length };
}

/** ms of one first look-up in a page that has just been loaded, without and with the opening of the database. */
export async function lookOnce(count: number) {
  const [one] = [...manyCorrected(SEED + count, 1)];
  const database = new CountersignDatabase('indexed');
  const [opened] = await timed(() => database.open());
  const [cold] = await timed(() => recall(database, asked((one as Corrected).subject)));
  return { opened, cold };
}

/** ms of saving corrections one by one, with and without the memory behind. */
export async function add(times: number): Promise<number[]> {
  const database = new CountersignDatabase('indexed');
  const took: number[] = [];
  for (const one of manyCorrected(SEED + 3, times)) {
    took.push((await timed(() => saveRevision(database, draftOf(one), { ...context, now: Date.now() })))[0]);
  }
  return took;
}
