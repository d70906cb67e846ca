/** Learns the weights of triage from what was judged, now and then, and says whether they count. */
import type { TriageTerms } from '../../utils/review/project.ts';
import { currentProject } from '../../utils/storage/current-project.ts';
import type { CountersignDatabase } from '../../utils/storage/database.ts';
import { keepLearned, type Learned, learnedOf } from '../../utils/storage/learned.ts';
import { readSettings } from '../../utils/storage/settings.ts';
import type { Settings } from '../../utils/storage/settings-shape.ts';
import { judgedOf } from '../../utils/storage/triaged.ts';
import { gainOf, isClear } from '../../utils/triage/gain.ts';
import { ENOUGH, learn } from '../../utils/triage/learn.ts';
import { termsFrom } from '../../utils/triage/priority.ts';

/** Judged answers that are learned from, the newest. */
const MOST = 1_000;
/** Judgements between two lessons. */
const STEP = 20;
/** ms between two looks at how many were judged: to count them costs. */
const PAUSE = 60_000;
/** Samples of the bootstrap: enough for a question of yes or no. */
const ROUNDS = 200;

const lastLook = new WeakMap<CountersignDatabase, number>();

/** The learned weights where they count: by the reviewer's word, or where they are clearly better. */
export async function learnedTerms(
  database: CountersignDatabase,
  { triage }: Pick<Settings, 'triage'>,
): Promise<TriageTerms | null> {
  if (triage.learned === 'never') return null;
  const learned = await learnedOf(database);
  return learned && (learned.clear || triage.learned === 'always') ? { weights: learned.weights } : null;
}

/** Learns where enough was judged since the last time; answers whether it did. In memory-only mode nothing is learned. */
export async function learnIfDue(database: CountersignDatabase, now: number): Promise<boolean> {
  if (database.routing.isOn || now - (lastLook.get(database) ?? 0) < PAUSE) return false;
  lastLook.set(database, now);
  const before = await learnedOf(database);
  const examples = await judgedOf(database, MOST);
  if (examples.length < ENOUGH.all || Math.abs(examples.length - (before?.reviews ?? 0)) < STEP) return false;
  const { settings } = await readSettings(database);
  const { weights } = termsFrom(settings.triage, (await currentProject(database)).triage);
  const gains = gainOf(examples, weights, 1, ROUNDS);
  if (!gains) return false;
  const learned: Learned = {
    reviews: examples.length,
    bad: examples.filter(({ bad }) => bad).length,
    weights: learn(examples, weights),
    clear: isClear(gains),
    gains,
    at: new Date(now).toISOString(),
  };
  await keepLearned(database, learned);
  return true;
}
