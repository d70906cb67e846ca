/** What every connector is tried with. */
import type { ConnectorAbout, ConnectorId, Destination } from '../../utils/connectors/types.ts';
import { defaultRubric } from '../../utils/review/rubric.ts';
import type { Review, Trace } from '../../utils/review/schema.ts';
import { aDestination, aReview } from './builders.ts';
import { aWholeDraft, wholeOversight } from './whole-review.ts';

/** Ids that every target takes for one of its own: a trace of OpenTelemetry, and a UUID of version 7. */
export const aTrace: Trace = { id: '5b8efff798038103d269b633813fc60c', span: 'eee19b7ec3c1b174' };
export const anUuidTrace: Trace = { id: '0190a1b2-0000-7000-8000-000000000001' };

/** Targets whose own ids are UUIDs, and that know no other. */
const knowsUuids: ReadonlySet<string> = new Set(['langsmith', 'opik']);

/** A trace that this target knows as one of its own. */
export const traceFor = (id: ConnectorId): Trace => (knowsUuids.has(id) ? anUuidTrace : aTrace);

const TRACED = 'chat.example/traced';

/** A review with all that one can have, always the same. */
export function aTracedReview(trace: Trace = aTrace, change: Partial<Review> = {}): Review {
  const { snapshot, judgement, responseKey } = aWholeDraft();
  const shown = judgement.preference?.shown.map((one) =>
    one.responseKey === responseKey ? { ...one, responseKey: TRACED } : one,
  );
  const preference = judgement.preference && shown ? { ...judgement.preference, shown } : undefined;
  return aReview({
    id: '0190a1b2-0000-7000-8000-0000000000aa',
    responseKey: TRACED,
    snapshot: { ...snapshot, trace },
    judgement: { ...judgement, ...(preference ? { preference } : {}), comment: 'The number of days is wrong.' },
    oversight: wholeOversight,
    rubric: { id: defaultRubric.id, version: defaultRubric.version },
    ...change,
  });
}

/** A destination with every field filled in as the form's examples say. */
export function aFullDestination(about: ConnectorAbout, change: Partial<Destination> = {}): Destination {
  const options = Object.fromEntries(about.fields.map(({ name, example }) => [name, example]));
  return aDestination({
    connector: about.id,
    url: about.example,
    token: about.token === null ? null : 'token-of-tests',
    ...(about.fields.length > 0 ? { options } : {}),
    ...change,
  });
}
