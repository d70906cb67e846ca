import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { bodies } from '../../../utils/messaging/bodies.ts';
import type { RawSender } from '../../../utils/messaging/sender.ts';
import { counts, recount } from '../../../utils/storage/counters.ts';
import { type Background, startBackground } from '../../support/background.ts';
import { aDraft, aJudgement, aSnapshot } from '../../support/builders.ts';
import { aPack, aRule } from '../../support/rules.ts';

const CODES = ['forbidden', 'invalid', 'not-found', 'conflict', 'too-late', 'off', 'busy'];
const verbs = [...new Set(Object.values(bodies).flatMap((rules) => Object.keys(rules)))];

/** Anything that JSON or a structured clone can carry, with the names that pollute among its keys. */
const anything = fc.anything({
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withBigInt: true,
  withNullPrototype: true,
  key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'prototype', 'polluted', 'id', 'snapshot')),
});
const poison = fc.constantFrom('{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}');

const ids = Array.from({ length: 41 }, () => aDraft().id);

/** Bodies that are right, so that half of the fuzz gets behind the schemas. */
const right: Record<string, fc.Arbitrary<unknown>> = {
  openPage: fc.record({ responseKeys: fc.array(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 5 }) }),
  saveReview: fc
    .record({ what: fc.nat(40), basedOn: fc.constantFrom(0, 0, 0, 1, 2), typed: fc.boolean() })
    .map(({ what, basedOn, typed }) => {
      const judgement = typed ? aJudgement() : aJudgement({ correction: null, comment: null });
      return aDraft({ id: ids[what] as string, responseKey: `response-${what}`, basedOn, judgement });
    }),
  undoReview: fc.record({ reviewId: fc.string({ minLength: 1, maxLength: 9 }), revision: fc.integer({ min: 1 }) }),
  keepRule: fc.record({ rule: fc.constantFrom(null, aRule(), aRule({ matches: ['https://bank.example/*'] })) }),
  keepAuthor: fc.record({
    site: fc.constantFrom('https://chat.example', 'web-chat', 'claude'),
    author: fc.string({ minLength: 1, maxLength: 20 }),
    is: fc.constantFrom(null, 'assistant', 'person'),
  }),
  reportHealth: fc.record({ state: fc.constantFrom('idle', 'changed', 'slow'), site: fc.constantFrom(null, 'claude') }),
  saveRule: fc.record({ rule: fc.constantFrom(aRule(), aRule({ variants: [] })) }),
  importRules: fc.record({ json: fc.oneof(fc.json(), fc.constant(JSON.stringify(aPack()))) }),
  switchRule: fc.record({ id: fc.constantFrom('claude', 'x'), on: fc.boolean() }),
  openEditor: fc.constant({
    responseKey: 'r',
    snapshot: aSnapshot(),
    startWith: 'verdict',
    visibility: 'verified',
  }),
  claimEditor: fc.record({ token: fc.stringMatching(/^[0-9a-f]{64}$/) }),
  saveDraft: fc.record({ judgement: fc.constantFrom(null, aJudgement()) }),
  resizeEditor: fc.record({ height: fc.nat(5_000) }),
  deleteReviews: fc.oneof(
    fc.record({ ids: fc.array(fc.string({ minLength: 1, maxLength: 9 })) }),
    fc.constant({ site: 'x' }),
  ),
  saveSettings: fc.constantFrom({}, { theme: 'dark' }, { keepPrompt: false }),
  resend: fc.oneof(fc.record({ entryId: fc.integer() }), fc.constant({ destinationId: 'x' })),
  discard: fc.oneof(fc.record({ entryId: fc.integer() }), fc.constant({ destinationId: 'x' })),
  deliverEarlier: fc.constant({ destinationId: 'x' }),
  removeDestination: fc.constant({ id: 'x' }),
  saveDestination: fc.record({
    id: fc.constantFrom(null, 'x'),
    name: fc.string(),
    connector: fc.constant('webhook'),
    url: fc.oneof(fc.webUrl(), fc.string()),
  }),
  refreshSite: fc.constant({ origin: 'https://chat.example', tabId: 1 }),
};

const rightFor = (call: string) => (Object.hasOwn(right, call) && right[call]) || fc.constant({});

/** A right body with one part replaced, taken away or added. */
const damaged = (body: unknown, key: string, part: unknown) => ({ ...(body as object), [key]: part });

const message = fc.constantFrom(...verbs, ...Array(8).fill('saveReview'), 'noSuchCall', '__proto__').chain((call) =>
  fc.record({
    call: fc.constant(call),
    body: fc.oneof(
      anything,
      poison.map((text) => JSON.parse(text)),
      rightFor(call),
      fc
        .tuple(rightFor(call), fc.constantFrom('id', 'snapshot', 'judgement', 'body', 'token'), anything)
        .map(([body, key, part]) => damaged(body, key, part)),
    ),
  }),
);

const url = (path: string) => `chrome-extension://countersign/${path}`;
const senders: RawSender[] = [
  { url: 'https://chat.example/c/1', origin: 'https://chat.example', frameId: 0, tab: { id: 1 } },
  { url: 'https://other.example/', origin: 'https://other.example', frameId: 0, tab: { id: 2 } },
  { url: 'https://chat.example/c/1', origin: 'null', frameId: 4, tab: { id: 1 } },
  { url: url('editor.html'), frameId: 12, tab: { id: 1 } },
  { url: url('popup.html') },
  { url: url('workbench.html'), frameId: 3, tab: { id: 1 } },
  {},
];

let background: Background;
beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  background = await startBackground();
  background.extension.origins = ['https://chat.example/*'];
});

describe('the background', () => {
  it('given 10,000 messages of any shape from anyone, gives only typed answers and stays whole', {
    timeout: 120_000,
  }, async () => {
    let stored = 0;
    await fc.assert(
      fc.asyncProperty(message, fc.constantFrom(...senders, ...senders.slice(0, 1)), async ({ call, body }, sender) => {
        // So that the rate limit, which has its own test, does not shadow the rest.
        background.now += 1_000;
        // "Remove everything" is among the messages, and gives the sites back as well.
        background.extension.origins = ['https://chat.example/*'];
        const answer = await background.extension.send(
          { countersign: 1, call, body },
          { id: 'countersign', documentId: 'd', ...sender },
        );
        const typed = answer as {
          ok: boolean;
          value?: unknown;
          error?: { code: string; message: string; next: string };
        };
        if (typed.ok) {
          expect(JSON.parse(JSON.stringify(typed))).toEqual(typed);
          if (call === 'saveReview') stored += 1;
        } else {
          expect(CODES).toContain(typed.error?.code);
          expect(typed.error).toMatchObject({ message: expect.any(String), next: expect.any(String) });
        }
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      }),
      { numRuns: 10_000 },
    );
    // The fuzz reached storage, and storage is as it should be.
    expect(stored).toBeGreaterThan(10);
    const { database } = background;
    // In one transaction, since a delivery may be going on.
    const { revisions, outbox, ledger, counters } = database;
    await database.transaction('rw', [revisions, outbox, ledger, counters], async () => {
      const kept = await counts(database);
      await recount(database);
      expect(await counts(database)).toEqual(kept);
    });
  });
});
