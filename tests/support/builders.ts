/** Makes domain data for tests: everything valid, everything changeable. */
import type { Destination } from '../../utils/connectors/types.ts';
import { uuidv7 } from '../../utils/review/ids.ts';
import type { Finding, Judgement, Review, ReviewDraft, Snapshot } from '../../utils/review/schema.ts';
import { selectorsOf } from '../../utils/review/selectors.ts';
import { type ReviewEvent, toEvent } from '../../utils/review/wire.ts';
import type { DestinationRow, TriagedRow } from '../../utils/storage/database.ts';

export function aSnapshot(change: Partial<Snapshot> = {}): Snapshot {
  const text = change.text ?? 'Refunds take 14 days after the parcel has arrived.';
  return {
    text,
    markdown: text,
    prompt: 'How long does a refund take?',
    model: 'example-model',
    conversationKey: 'conversation-1',
    messageId: 'message-1',
    pageUrl: 'https://chat.example/c/1',
    pageTitle: 'Refunds',
    foundBy: { site: 'example', version: '1', variant: 'main' },
    truncated: false,
    length: text.length,
    settled: true,
    capturedAt: '2026-11-21T08:00:00.000Z',
    ...change,
  };
}

export function aJudgement(change: Partial<Judgement> = {}): Judgement {
  return {
    verdict: 'correct',
    labels: ['wrong'],
    ratings: [{ dimension: 'quality', value: 2 }],
    correction: 'Refunds take 30 days after the parcel has arrived.',
    comment: null,
    ...change,
  };
}

/** A finding on the first `quote` in `text`; where that is a number, on the place there, at which something is missing. */
export function aFinding(text: string, quote: string | number, change: Partial<Finding> = {}): Finding {
  const start = typeof quote === 'number' ? quote : text.indexOf(quote);
  const end = typeof quote === 'number' ? quote : start + quote.length;
  const said = { label: 'wrong', severity: 'major', note: null, replacement: null, source: null } as const;
  return { id: `finding-${start}-${end}`, ...selectorsOf(text, start, end), ...said, ...change };
}

export function aDraft(change: Partial<ReviewDraft> = {}): ReviewDraft {
  const id = change.id ?? uuidv7();
  return {
    id,
    basedOn: 0,
    saveId: uuidv7(),
    responseKey: `chat.example/${id}`,
    snapshot: aSnapshot(),
    judgement: aJudgement(),
    surface: 'editor',
    visibility: 'verified',
    spentMs: 4200,
    ...change,
  };
}

/** A review of the right shape; its hashes are placeholders unless given. */
export function aReview(change: Partial<Review> = {}): Review {
  const id = change.id ?? uuidv7();
  return {
    id,
    revision: 1,
    previousHash: null,
    hash: 'a'.repeat(64),
    responseKey: `chat.example/${id}`,
    contentHash: 'b'.repeat(64),
    snapshot: aSnapshot(),
    origin: 'https://chat.example',
    judgement: aJudgement(),
    rubric: { id: 'general', version: '1' },
    reviewer: { id: 'installation-1', name: null },
    surface: 'editor',
    visibility: 'verified',
    spentMs: 4200,
    createdAt: '2026-11-21T08:00:05.000Z',
    ...change,
  };
}

export const anEvent = (change: Partial<Review> = {}): ReviewEvent => toEvent(aReview(change));

/** One that gets all as stored, so that what arrives can be compared with what was. */
export function aDestination(change: Partial<Destination> = {}): Destination {
  return {
    id: 'team',
    name: 'Team',
    connector: 'countersign',
    url: 'https://feedback.example/v1/events',
    token: 'cst_test',
    secret: null,
    sends: 'text',
    ...change,
  };
}

export function aDestinationRow(change: Partial<DestinationRow> = {}): DestinationRow {
  const state = { pausedBecause: null, notBefore: 0, failures: 0, lastDeliveredAt: null };
  const stream = '00000000-0000-4000-8000-000000000000';
  return { ...aDestination(), ...state, stream, lastSequence: 0, closing: [], ...change };
}

/** An answer that asks for a look. */
export function aTriagedRow(change: Partial<TriagedRow> = {}): TriagedRow {
  return {
    site: 'https://chat.example',
    responseKey: 'example|conversation-1|message-1',
    contentHash: 'c'.repeat(64),
    priority: 0.7,
    asks: 1,
    audit: false,
    reasons: ['price €49 is not in the question'],
    signals: { claims: 0.6 },
    said: { claims: 'price €49 is not in the question' },
    required: false,
    lot: 0.5,
    corrected: false,
    answered: false,
    length: 50,
    format: 'text',
    triagedAt: '2026-11-21T08:00:00.000Z',
    ...change,
  };
}
