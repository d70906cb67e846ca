/** What triage goes by and what it did lately, for its page. */
import type { TriageChange, TriageView } from '../../../components/triage/view.ts';
import { reviewsOf } from '../../../utils/storage/asking.ts';
import { currentProject } from '../../../utils/storage/current-project.ts';
import type { CountersignDatabase, TriagedRow } from '../../../utils/storage/database.ts';
import { learnedOf } from '../../../utils/storage/learned.ts';
import type { Settings } from '../../../utils/storage/settings-shape.ts';
import { shownSettings } from '../../../utils/storage/shown-settings.ts';
import { ENOUGH } from '../../../utils/triage/learn.ts';
import { termsFrom } from '../../../utils/triage/priority.ts';
import { signalNames } from '../../../utils/triage/types.ts';

/** Answers that count as lately, the newest. */
const LATELY = 1_000;
/** A signal below this strength said next to nothing. */
const SPEAKS = 0.1;

/** Reads all of it. Works inside `liveQuery`. */
export async function readTriage(database: CountersignDatabase): Promise<TriageView> {
  const { triage: own } = await shownSettings(database);
  const project = (await currentProject(database)).triage;
  const learned = await learnedOf(database);
  const inUse = learned !== null && (own.learned === 'always' || (own.learned === 'auto' && learned.clear));
  const usual = termsFrom(inUse ? { weights: learned.weights } : null, project);
  const terms = termsFrom(own, inUse ? { weights: learned.weights } : null, project);
  const rows = await database.triaged.orderBy('triagedAt').reverse().limit(LATELY).toArray();
  const reviews = await reviewsOf(database, rows);
  const verdictOf = ({ site, responseKey }: TriagedRow) =>
    reviews.get(`${site} ${responseKey}`)?.review.judgement.verdict ?? 'unsure';
  const judged = rows.flatMap((row) => {
    const verdict = verdictOf(row);
    return verdict === 'unsure' ? [] : [{ row, bad: verdict !== 'approve' }];
  });
  const speaks = (name: string) => (row: TriagedRow) => (row.signals[name] ?? 0) >= SPEAKS;
  return {
    ...{ askFrom: terms.askFrom, auditShare: terms.auditShare, choice: own.learned },
    signals: signalNames
      .map((name) => {
        const heard = judged.filter(({ row }) => speaks(name)(row));
        return {
          ...{ name, weight: terms.weights[name], usual: usual.weights[name] },
          fired: rows.filter(speaks(name)).length,
          judged: heard.length,
          bad: heard.filter(({ bad }) => bad).length,
        };
      })
      .sort((one, other) => other.weight - one.weight),
    priorities: rows.map(({ priority }) => priority),
    judged: judged.map(({ row, bad }) => ({ priority: row.priority, bad })),
    learned: learned && { ...learned, inUse },
    enough: ENOUGH,
    changed: own.askFrom !== undefined || own.auditShare !== undefined || Object.keys(own.weights ?? {}).length > 0,
  };
}

/** The settings after a change; a weight without a name stands for all. */
export function changed(own: Settings['triage'], change: TriageChange): Settings['triage'] {
  const { weight, learned } = change;
  const pick = (name: 'askFrom' | 'auditShare') => {
    const value = change[name] === undefined ? own[name] : (change[name] ?? undefined);
    return value === undefined ? {} : { [name]: value };
  };
  const weights = weight?.name === '' ? {} : { ...own.weights };
  if (weight && weight.name !== '') {
    if (weight.value === null) delete weights[weight.name];
    else weights[weight.name] = weight.value;
  }
  return {
    ...pick('askFrom'),
    ...pick('auditShare'),
    ...(Object.keys(weights).length > 0 && { weights }),
    learned: learned ?? own.learned,
  };
}
