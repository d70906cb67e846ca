/**
 * LangSmith: a review as feedback on the run that made the answer, one request each, under ids made of the review's.
 * A run can be judged before LangSmith has it: that is waited for.
 */
import { isDeletion, type ReviewEvent, type WireEvent } from '../../review/wire.ts';
import { readJson } from '../api.ts';
import { all, dead, delivered, untilTomorrow, withoutTrace } from '../outcomes.ts';
import type { BatchOutcome, Connector, Destination, Exchange, HttpReply, HttpRequest } from '../types.ts';
import {
  ask,
  done,
  feedbackBy,
  feedbackOn,
  isAbsent,
  missingProject,
  projectOf,
  type StoredFeedback,
  strange,
} from './asking.ts';
import { type Feedback, type FeedbackChange, feedbackId, feedbackOf } from './feedback.ts';

/** One exchange has at most 60 requests, and a feedback that is there already takes two. */
const MOST_FEEDBACK = 25;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Step<More = never> = AsyncGenerator<HttpRequest, BatchOutcome | 'absent' | More | null, HttpReply>;

async function* change(feedback: Feedback, destination: Destination, now: number): Step {
  const { score, value, comment, correction } = feedback;
  const body: FeedbackChange = { score, value, comment, correction };
  return done(yield ask(destination, 'PATCH', `feedback/${feedback.id}`, body), now);
}

/**
 * A run that LangSmith does not have yet is `absent`. Feedback that this revision made is left alone, since a later one may have
 * changed it; `newer` where a later one made it.
 */
async function* put(
  feedback: Feedback,
  revision: number,
  there: ReadonlyMap<string, StoredFeedback>,
  destination: Destination,
  now: number,
): Step<'newer'> {
  let stored = there.get(feedback.id) ?? null;
  if (stored === null) {
    const reply = yield ask(destination, 'POST', 'feedback', feedback);
    if (isAbsent(reply)) return 'absent';
    if (reply.status !== 409) {
      const said = readJson(reply, now);
      if (said.outcome) return said.outcome;
      return Reflect.get(Object(said.value), 'id') === feedback.id ? null : strange;
    }
    // The id is taken: by an attempt whose answer was lost, or by another revision that came first.
    const found = yield* feedbackBy(feedback.id, destination, now);
    if (found === null) return { kind: 'later', retryAfterMs: null, reason: 'LangSmith is busy with this feedback.' };
    if ('outcome' in found) return found.outcome;
    stored = found;
  }
  if (stored.revision > revision) return 'newer';
  return stored.revision === revision ? null : yield* change(feedback, destination, now);
}

async function* remove(ids: readonly string[], destination: Destination, now: number): Step {
  for (const id of ids) {
    const removed = done(yield ask(destination, 'DELETE', `feedback/${id}`), now);
    if (removed !== null && removed !== 'absent') return removed;
  }
  return null;
}

async function* deliver(event: ReviewEvent, destination: Destination, now: number): Exchange {
  const { id, revision, snapshot } = event.data;
  const { trace } = snapshot;
  if (!trace) return all([event], withoutTrace('LangSmith'));
  const run = trace.span ?? trace.id;
  const stranger = [trace.id, run].find((each) => !uuid.test(each));
  if (stranger) {
    const reason = `LangSmith’s runs have UUIDs, and the trace of this answer is “${stranger}”. Say in the settings of its site where the run’s id is read.`;
    return all([event], dead(reason));
  }
  const feedback = await feedbackOf(event, projectOf(destination));
  if (feedback.length > MOST_FEEDBACK) {
    const reason = `These are ${feedback.length} statements, and LangSmith is given at most ${MOST_FEEDBACK} for a review.`;
    return all([event], dead(reason));
  }
  let there: readonly StoredFeedback[] = [];
  if (revision > 1) {
    const found = yield* feedbackOn(run, id, destination, now);
    if ('outcome' in found) return found.outcome;
    there = found;
  }
  const known = new Map(there.map((each) => [each.id, each]));
  for (const each of feedback) {
    const failed = yield* put(each, revision, known, destination, now);
    if (failed === 'newer') return all([event], delivered);
    if (failed === 'absent') {
      const missing = yield* missingProject(destination, now);
      return missing ?? all([event], untilTomorrow(event, now, `LangSmith does not have the run ${run} yet.`));
    }
    if (failed) return failed;
  }
  const wanted = new Set(feedback.map((each) => each.id));
  const failed = yield* remove(
    there.map((each) => each.id).filter((each) => !wanted.has(each)),
    destination,
    now,
  );
  return failed === null || failed === 'absent' ? all([event], delivered) : failed;
}

async function* forget(event: WireEvent, destination: Destination, now: number): Exchange {
  const id = event.data.id;
  const verdict = await feedbackId(id, 'verdict');
  const found = yield* feedbackBy(verdict, destination, now);
  if (found === null) return all([event], delivered);
  if ('outcome' in found) return found.outcome;
  const theirs = found.runId === null ? [] : yield* feedbackOn(found.runId, id, destination, now);
  if ('outcome' in theirs) return theirs.outcome;
  // The verdict goes last: by it the others are found.
  const others = theirs.map((each) => each.id).filter((each) => each !== verdict);
  const failed = yield* remove([...others, verdict], destination, now);
  return failed === null || failed === 'absent' ? all([event], delivered) : failed;
}

async function* probe(destination: Destination, now: number): Exchange {
  return (yield* missingProject(destination, now)) ?? { kind: 'items', items: new Map() };
}

export const langsmith: Connector = {
  id: 'langsmith',
  learnsGzip: false,
  limits: { items: 1, bytes: 512 * 1024 },
  exchange: ([event], destination, now) => {
    if (!event) return probe(destination, now);
    return isDeletion(event) ? forget(event, destination, now) : deliver(event, destination, now);
  },
  probe,
};
