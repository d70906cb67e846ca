/** Argilla: what arrives of a review in a dataset, and what is said where it does not fit. */
import { describe, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/argilla/about.ts';
import { argilla } from '../../../utils/connectors/argilla/argilla.ts';
import type { Destination } from '../../../utils/connectors/types.ts';
import type { Review } from '../../../utils/review/schema.ts';
import { toDeletion, toEvent, type WireEvent } from '../../../utils/review/wire.ts';
import { aFinding, aJudgement, aSnapshot } from '../../support/builders.ts';
import { aShownEvent, jsonExample, pageOf } from '../../support/connector-document.ts';
import { converse } from '../../support/exchange.ts';
import { Argilla, wholeQuestions } from '../../support/targets/argilla.ts';
import { aFullDestination, aTrace, aTracedReview } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const review = aTracedReview();

const destinationWith = (options: Record<string, string> = {}): Destination => {
  const full = aFullDestination(about);
  const { questions: _, ...rest } = full.options ?? {};
  return { ...full, options: { ...rest, ...options } };
};

/** What became of an event at this server. */
async function send(server: Argilla, event: WireEvent, destination = destinationWith()) {
  const { outcome } = await converse(argilla.exchange([event], destination, NOW), server.answer);
  return outcome.kind === 'items' ? outcome.items.get(event.id) : outcome;
}
const probe = async (server: Argilla, destination = destinationWith()) =>
  (await converse(argilla.probe(destination, NOW), server.answer)).outcome;

const delivered = { outcome: 'delivered' };
const theRecord = (server: Argilla, { id }: Review = review) => {
  expect(server.records.size).toBe(1);
  const record = server.records.get(id);
  if (!record) throw new Error('The record has another name');
  return record;
};
const valuesOf = (server: Argilla) =>
  Object.fromEntries(
    Object.entries(theRecord(server).response?.values ?? {}).map(([name, { value }]) => [name, value]),
  );

describe('what arrives', () => {
  test('given a dataset that asks for everything, each part answers its question', async () => {
    const server = new Argilla();
    expect(await send(server, toEvent(review))).toEqual(delivered);
    expect(valuesOf(server)).toEqual({
      verdict: 'correct',
      labels: ['wrong'],
      quality: 2,
      findings: [{ label: 'wrong', start: 13, end: 20 }],
      correction: review.judgement.correction,
      comment: review.judgement.comment,
      preference: [
        { value: 'a', rank: 2 },
        { value: 'b', rank: 1 },
      ],
    });
    const { fields, metadata, response } = theRecord(server);
    expect(response?.status).toBe('submitted');
    expect(fields).toEqual({ response: review.snapshot.text, prompt: review.snapshot.prompt });
    expect(metadata).toMatchObject({
      countersign_revision: 1,
      countersign_oversight: review.oversight,
      countersign_context: review.snapshot.context,
      countersign_judgement: {
        findings: review.judgement.findings,
        preference: review.judgement.preference,
        reasons: { quality: 'The number is wrong' },
      },
    });
  });

  test('given a dataset that asks for the verdict alone, all else is metadata and nothing is lost', async () => {
    const server = new Argilla();
    server.questions = wholeQuestions.slice(0, 1);
    expect(await send(server, toEvent(review))).toEqual(delivered);
    expect(valuesOf(server)).toEqual({ verdict: 'correct' });
    const { correction, comment, findings, preference } = review.judgement;
    expect(theRecord(server).metadata.countersign_judgement).toEqual({
      correction,
      comment,
      findings,
      preference,
      statements: { labels: ['wrong'], quality: 2 },
      reasons: { quality: 'The number is wrong' },
    });
  });

  test('given questions of other names, the destination says which is which', async () => {
    const server = new Argilla();
    server.questions = [{ name: 'better_answer', required: true, settings: { type: 'text' } }];
    expect(await send(server, toEvent(review), destinationWith({ questions: 'correction = better_answer' }))).toEqual(
      delivered,
    );
    expect(valuesOf(server)).toEqual({ better_answer: review.judgement.correction });
  });

  test('given a value that a question does not know, the question stays open and the value is metadata', async () => {
    const server = new Argilla();
    server.questions = [
      {
        name: 'verdict',
        required: false,
        settings: { type: 'label_selection', options: [{ value: 'good' }, { value: 'bad' }] },
      },
      { name: 'quality', required: false, settings: { type: 'rating', options: [{ value: 0 }, { value: 1 }] } },
      { name: 'labels', required: false, settings: { type: 'multi_label_selection', options: [{ value: 'wrong' }] } },
    ];
    const judgement = { ...review.judgement, labels: ['wrong', 'tone'] };
    expect(await send(server, toEvent({ ...review, judgement }))).toEqual(delivered);
    expect(valuesOf(server)).toEqual({ labels: ['wrong'] });
    expect(theRecord(server).metadata.countersign_judgement).toMatchObject({
      statements: { verdict: 'correct', quality: 2, labels: ['wrong', 'tone'] },
    });
  });

  test('given a required question that the review does not answer, the reviewer finds a draft to complete', async () => {
    const server = new Argilla();
    server.questions = [...wholeQuestions, { name: 'policy', required: true, settings: { type: 'text' } }];
    expect(await send(server, toEvent(review))).toEqual(delivered);
    expect(theRecord(server).response?.status).toBe('draft');
    expect(valuesOf(server).verdict).toBe('correct');
  });

  test('given a prompt in a chat field, what was said before stands before it', async () => {
    const server = new Argilla();
    server.fields = [server.fields[0] as never, { name: 'prompt', required: false, settings: { type: 'chat' } }];
    expect(await send(server, toEvent(review))).toEqual(delivered);
    expect(theRecord(server).fields.prompt).toEqual([
      { role: 'user', content: 'I sent it back.' },
      { role: 'user', content: review.snapshot.prompt },
    ]);
  });

  test('given that no text may leave, the record says so, and no span points into words that are not there', async () => {
    const server = new Argilla();
    const snapshot = aSnapshot({ text: '', markdown: '', prompt: null });
    const judgement = { ...review.judgement, correction: null, comment: '' };
    expect(await send(server, toEvent({ ...review, snapshot, judgement }))).toEqual(delivered);
    expect(theRecord(server).fields).toEqual({ response: `(not sent; SHA-256 ${review.contentHash})` });
    expect(Object.keys(valuesOf(server)).sort()).toEqual(['labels', 'preference', 'quality', 'verdict']);
    expect(theRecord(server).metadata.countersign_judgement).toMatchObject({ findings: judgement.findings });
  });

  test('given a tie it is a ranking of equals, and given that both are bad it is none', async () => {
    const shown = (review.judgement.preference?.shown ?? []).map((one) => ({ ...one, rank: 1 }));
    for (const [outcome, ranking] of [
      ['tie', [1, 1]],
      ['both-bad', undefined],
    ] as const) {
      const server = new Argilla();
      const preference = { shown, outcome, strength: null };
      await send(server, toEvent({ ...review, judgement: { ...review.judgement, preference } }));
      expect((valuesOf(server).preference as { rank: number }[] | undefined)?.map(({ rank }) => rank)).toEqual(ranking);
      expect(theRecord(server).metadata.countersign_judgement).toMatchObject({ preference });
    }
  });
});

describe('spans', () => {
  const spansOf = async (text: string, findings: ReturnType<typeof aFinding>[]) => {
    const server = new Argilla();
    const change = { snapshot: aSnapshot({ text }), judgement: aJudgement({ findings }) };
    expect(await send(server, toEvent({ ...review, ...change }))).toEqual(delivered);
    expect(theRecord(server).metadata.countersign_judgement).toMatchObject({ findings });
    return valuesOf(server).findings;
  };

  test('given emoji before it, a span counts UTF-16 code units, as Argilla’s page does', async () => {
    const text = '👩‍👩‍👧 🚀 refunds take 14 days after the parcel has arrived.';
    const [start, end] = [text.indexOf('14 days'), text.indexOf('14 days') + 7];
    expect(start).not.toBe([...text].join('|').split('|').indexOf('1'));
    expect(await spansOf(text, [aFinding(text, '14 days')])).toEqual([{ label: 'wrong', start, end }]);
    expect(text.slice(start, end)).toBe('14 days');
  });

  test('given emoji and a span at the very end, which the server would refuse, the finding is metadata alone', async () => {
    const text = 'Some text yeah 🚀 rocket';
    expect(await spansOf(text, [aFinding(text, 'rocket'), aFinding(text, 'text')])).toEqual([
      { label: 'wrong', start: 5, end: 9 },
    ]);
  });

  test('given findings that are no spans here, they are metadata alone', async () => {
    const text = 'Refunds take 14 days after the parcel.';
    const findings = [
      aFinding(text, '14 days after'),
      aFinding(text, '14 days', { label: 'tone' }),
      aFinding(text, 'parcel', { orphan: true }),
      aFinding(text, 'take', { label: null }),
      aFinding(text, 'Refunds', { label: 'policy' }),
      aFinding(text, 5),
    ];
    expect(await spansOf(text, findings)).toEqual([{ label: 'wrong', start: 13, end: 26 }]);
  });
});

describe('again', () => {
  test('given the same review twice, there is one record with one response', async () => {
    const server = new Argilla();
    for (const _ of ['once', 'again']) expect(await send(server, toEvent(review))).toEqual(delivered);
    expect(theRecord(server).response?.status).toBe('submitted');
  });

  test('given an exchange that ended after any of its requests, the next one leaves one record as it should be', async () => {
    const whole = new Argilla();
    await send(whole, toEvent(review));
    for (let last = 1; last < whole.requests.length; last += 1) {
      const server = new Argilla();
      const exchange = argilla.exchange([toEvent(review)], destinationWith(), NOW);
      let step = await exchange.next();
      for (let at = 1; at <= last && !step.done; at += 1) {
        const reply = server.answer(step.value);
        if (at < last) step = await exchange.next(reply);
      }
      expect(await send(server, toEvent(review))).toEqual(delivered);
      expect(theRecord(server)).toEqual(theRecord(whole));
    }
    expect(whole.requests).toHaveLength(6);
  });

  test.each([false, true])(
    'given a later revision on another text (fields can be changed: %s), it takes the place of the one before',
    async (updatesFields) => {
      const server = new Argilla();
      server.updatesFields = updatesFields;
      await send(server, toEvent(review));
      const judgement = aJudgement({ verdict: 'approve', labels: [], ratings: [], correction: null });
      const later = { ...review, revision: 2, judgement, snapshot: aSnapshot({ text: 'It takes 30 days.' }) };
      expect(await send(server, toEvent(later))).toEqual(delivered);
      expect(theRecord(server).fields.response).toBe('It takes 30 days.');
      expect(valuesOf(server)).toEqual({ verdict: 'approve' });
      // One that was on its way for long.
      expect(await send(server, toEvent(review))).toEqual(delivered);
      expect(valuesOf(server)).toEqual({ verdict: 'approve' });
    },
  );

  test('given a deletion, the record goes, and other records stay', async () => {
    const server = new Argilla();
    const other = aTracedReview(undefined, { id: '0190a1b2-0000-7000-8000-0000000000bb' });
    await send(server, toEvent(review));
    await send(server, toEvent(other));
    for (const _ of ['once', 'again']) expect(await send(server, toDeletion(review, NOW))).toEqual(delivered);
    expect([...server.records.keys()]).toEqual([other.id]);
  });
});

describe('what is wrong is said', () => {
  const pause = (words: string | RegExp) => ({
    kind: 'pause',
    reason: expect.stringMatching(words),
    next: expect.stringMatching(/\.$/),
  });
  const both = async (server: Argilla, words: string | RegExp, destination?: Destination) => {
    expect(await send(server, toEvent(review), destination)).toEqual(pause(words));
    expect(await probe(server, destination)).toEqual(pause(words));
    expect(server.records.size).toBe(0);
  };

  test('a dataset that was deleted', async () => {
    const server = new Argilla();
    server.dataset = null;
    await both(server, 'no dataset 3fa85f64-5717-4562-b3fc-2c963f66afa6');
    expect(await send(server, toDeletion(review, NOW))).toEqual(pause('no dataset'));
  });

  test('a dataset that is not published, or takes no metadata', async () => {
    const server = new Argilla();
    const { dataset } = server;
    if (!dataset) throw new Error('no dataset');
    dataset.status = 'draft';
    await both(server, '“Reviews” is not published');
    dataset.status = 'ready';
    dataset.allow_extra_metadata = false;
    await both(server, '“Reviews” allows no extra metadata');
  });

  test('a field that the dataset does not have, or requires beside', async () => {
    const server = new Argilla();
    await both(
      server,
      'no text field “answer”; it has “response”, “prompt”',
      destinationWith({ answerField: 'answer' }),
    );
    await both(server, 'no text or chat field “question”', destinationWith({ promptField: 'question' }));
    server.fields = [...server.fields, { name: 'image', required: true, settings: { type: 'image' } }];
    await both(server, 'requires the field “image”');
  });

  test('a question that the dataset does not have, or that cannot take the part', async () => {
    const server = new Argilla();
    await both(server, 'no question “better”; it has “verdict”', destinationWith({ questions: 'correction = better' }));
    await both(
      server,
      'type rating, which cannot take correction',
      destinationWith({ questions: 'correction = quality' }),
    );
  });

  test('a dataset that asks for nothing of a review', async () => {
    const server = new Argilla();
    server.questions = [{ name: 'sentiment', required: true, settings: { type: 'text' } }];
    expect(await send(server, toEvent(review))).toEqual(pause('No question of the dataset “Reviews”'));
  });

  test('a wrong key, and the key of an annotator', async () => {
    const server = new Argilla();
    await both(server, 'does not know the token', { ...destinationWith(), token: 'other' });
    server.mayWrite = false;
    expect(await send(server, toEvent(review))).toEqual(pause('may not write to the dataset'));
  });

  test('a response that the server refuses for a reason of its own', async () => {
    const server = new Argilla();
    const answer = (request: Parameters<Argilla['answer']>[0]) => {
      if (request.method === 'POST') server.questions = [{ name: 'new', required: true, settings: { type: 'text' } }];
      return server.answer(request);
    };
    const event = toEvent(review);
    const { outcome } = await converse(argilla.exchange([event], destinationWith(), NOW), answer);
    expect(outcome).toMatchObject({
      kind: 'items',
      items: new Map([
        [
          event.id,
          {
            outcome: 'dead',
            reason: "Argilla refused the response: missing response value for required question with name='new'",
          },
        ],
      ]),
    });
  });
});

test('the page shows the record as it arrives, and the fate of each part', async () => {
  const server = new Argilla();
  const event = aShownEvent(aTrace);
  expect(await send(server, event)).toEqual(delivered);
  const { id: _, ...record } = server.records.get(event.data.id) ?? {};
  expect(jsonExample('argilla', 'record', record)).toEqual(record);
  for (const { as } of Object.values(about.carries)) expect(pageOf('argilla')).toContain(`| ${as} |`);
});
