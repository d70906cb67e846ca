/** Looks at settled responses: what deserves a person's look, and why. Loaded when the first page tells of one. */
import type { BodyOf } from '../../utils/messaging/client.ts';
import type { TriageAnswer } from '../../utils/messaging/contract.ts';
import { commit } from '../../utils/privacy/commitment.ts';
import { sha256 } from '../../utils/review/hash.ts';
import { hostOf } from '../../utils/review/rubric-use.ts';
import { counts } from '../../utils/storage/counters.ts';
import { currentProject } from '../../utils/storage/current-project.ts';
import type { TriagedRow } from '../../utils/storage/database.ts';
import { readSettings } from '../../utils/storage/settings.ts';
import { answerOf, keepTriaged, reviseTriaged, triagedOf, usualOf } from '../../utils/storage/triaged.ts';
import { decide, lotOf, saidOf, strengthsOf, type Terms, termsFrom } from '../../utils/triage/priority.ts';
import { formatOf } from '../../utils/triage/signals/shape.ts';
import { signalsOf } from '../../utils/triage/signals.ts';
import { sketchOf } from '../../utils/triage/sketch.ts';
import type { Known } from '../../utils/triage/types.ts';
import { learnedTerms, learnIfDue } from './learning.ts';
import { policingOf } from './policing.ts';
import type { Room } from './room.ts';

type Told = BodyOf<'content', 'triage'>['answers'][number];
type Parts = Pick<Room, 'database' | 'session' | 'now'>;

/** Judged answers that new ones are compared with, the newest. */
const MOST_REVIEWED = 300;
/** ms. What was looked at longer ago is looked at anew: more was judged since. */
const STALE = 86_400_000;
/** Name of the value with the secret of the lots. */
const LOTS = 'triage-lots';
const END = '\uffff';

export interface Triage {
  /** Looks at what is new among these answers of a site, and says which of all of them ask for a review. */
  look(site: string, answers: readonly Told[]): Promise<TriageAnswer>;
  /** Other terms are in force: decides anew about everything that was looked at. */
  decideAnew(): Promise<void>;
}

function createTriage({ database, session, now }: Parts): Triage {
  let reviewed: { of: string; known: (Known & { key: string })[] } = { of: '', known: [] };

  /** Sketches of what was judged; made anew where a review came or went. */
  async function knownNow(): Promise<(Known & { key: string })[]> {
    const newest = database.revisions.where('[latest+createdAt]').between([1, ''], [1, END]).reverse();
    const { reviews, revisions } = await counts(database);
    const of = `${reviews} ${revisions} ${(await newest.clone().limit(1).primaryKeys())[0]}`;
    if (reviewed.of === of) return reviewed.known;
    const rows = await newest.limit(MOST_REVIEWED).toArray();
    const known = rows.flatMap(({ site, responseKey, review }) => {
      const { verdict } = review.judgement;
      if (verdict === 'unsure') return [];
      return [{ key: `${site} ${responseKey}`, sketch: sketchOf(review.snapshot.text), bad: verdict !== 'approve' }];
    });
    reviewed = { of, known };
    return known;
  }

  async function termsNow(): Promise<Terms> {
    const { settings } = await readSettings(database);
    const { triage } = await currentProject(database);
    return termsFrom(settings.triage, await learnedTerms(database, settings), triage);
  }

  /** The secret of the lots, so that no page can tell beforehand which answer is drawn. */
  async function secret(): Promise<string> {
    const { values } = database;
    return database.transaction('rw', values, async () => {
      const stored = (await values.get(LOTS))?.value;
      if (typeof stored === 'string') return stored;
      const made = crypto.randomUUID();
      await values.put({ name: LOTS, value: made });
      return made;
    });
  }

  async function lookAt(site: string, told: readonly { answer: Told; contentHash: string }[]): Promise<TriagedRow[]> {
    const { recall } = await import('../../utils/storage/recalling.ts');
    const [known, terms, key] = [await knownNow(), await termsNow(), await secret()];
    const usual = await usualOf(database, site);
    const at = new Date(now()).toISOString();
    const rows: TriagedRow[] = [];
    for (const { answer, contentHash } of told) {
      const { responseKey, text, prompt, author } = answer;
      const subject = { stage: 'answer', text, prompt, host: hostOf(site), author, labels: [], now: now() } as const;
      const { hits } = await policingOf({ database, session }).apply(subject);
      const { corrected, wrong } = await recall(database, { text, prompt, site, responseKey });
      const signals = signalsOf(
        { ...answer, hits },
        {
          usual: usual.filter((one) => one.responseKey !== responseKey),
          reviewed: known.filter((one) => one.key !== `${site} ${responseKey}`),
          resembles: wrong,
          now: now(),
        },
      );
      const found = {
        signals: strengthsOf(signals),
        said: saidOf(signals),
        required: hits.some(({ demand }) => demand === 'review' || demand === 'forbid'),
        lot: lotOf(await commit(key, `${site} ${responseKey} ${contentHash}`)),
      };
      rows.push({
        ...{ site, responseKey, contentHash, ...found, ...decide(found, terms) },
        ...{ corrected: corrected !== null, answered: answer.next !== null },
        ...{ length: text.length, format: formatOf(text), triagedAt: at },
      });
    }
    return rows;
  }

  async function decideAnew(): Promise<void> {
    const terms = await termsNow();
    await reviseTriaged(database, (row) => {
      const decided = decide(row, terms);
      const same = decided.priority === row.priority && decided.asks === row.asks && decided.audit === row.audit;
      return same && decided.reasons.join('\n') === row.reasons.join('\n') ? null : decided;
    });
  }

  return {
    async look(site, answers) {
      const there = new Map(
        (
          await triagedOf(
            database,
            answers.map(({ responseKey }) => ({ site, responseKey })),
          )
        ).map((row) => [row.responseKey, row]),
      );
      const fresh: { answer: Told; contentHash: string }[] = [];
      for (const answer of answers) {
        const row = there.get(answer.responseKey);
        const contentHash = await sha256(answer.text);
        const isKnown = row?.contentHash === contentHash && (row.answered || answer.next === null);
        if (!isKnown || Date.parse(row.triagedAt) < now() - STALE) fresh.push({ answer, contentHash });
      }
      if (fresh.length > 0) {
        const rows = await lookAt(site, fresh);
        await keepTriaged(database, rows);
        for (const row of rows) there.set(row.responseKey, row);
        if (await learnIfDue(database, now())) {
          await decideAnew();
          return answerOf(await triagedOf(database, [...there.values()]));
        }
      }
      return answerOf([...there.values()]);
    },
    decideAnew,
  };
}

const made = new WeakMap<object, Triage>();

/** The one of this background. */
export function triageOf({ database, session, now }: Parts): Triage {
  const own = made.get(database) ?? createTriage({ database, session, now });
  made.set(database, own);
  return own;
}
