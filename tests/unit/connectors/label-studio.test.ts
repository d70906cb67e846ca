/** Label Studio: what arrives of a review in a project, and what is said where it does not fit. */
import { describe, expect, test } from 'vitest';
import { about } from '../../../utils/connectors/label-studio/about.ts';
import { labelStudio } from '../../../utils/connectors/label-studio/label-studio.ts';
import type { Destination } from '../../../utils/connectors/types.ts';
import type { Review } from '../../../utils/review/schema.ts';
import { toDeletion, toEvent, type WireEvent } from '../../../utils/review/wire.ts';
import { aFinding, aJudgement, aSnapshot } from '../../support/builders.ts';
import { aShownEvent, jsonExample, pageOf } from '../../support/connector-document.ts';
import { converse } from '../../support/exchange.ts';
import { wholeLabeling } from '../../support/labeling.ts';
import { openApi } from '../../support/openapi.ts';
import { LabelStudio, personalToken } from '../../support/targets/label-studio.ts';
import { aFullDestination, aTrace, aTracedReview } from '../../support/traced.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const review = aTracedReview();

const destinationWith = (options: Record<string, string> = {}): Destination => {
  const full = aFullDestination(about);
  const { controls: _, ...rest } = full.options ?? {};
  return { ...full, options: { ...rest, ...options } };
};
async function send(server: LabelStudio, event: WireEvent, destination = destinationWith()) {
  const { outcome } = await converse(labelStudio.exchange([event], destination, NOW), server.answer);
  return outcome.kind === 'items' ? outcome.items.get(event.id) : outcome;
}
const probe = async (server: LabelStudio, destination = destinationWith()) =>
  (await converse(labelStudio.probe(destination, NOW), server.answer)).outcome;

const delivered = { outcome: 'delivered' };
const theTask = (server: LabelStudio) => {
  expect(server.tasks).toHaveLength(1);
  const [task] = server.tasks;
  if (!task) throw new Error('no task');
  return task;
};
const theResult = (server: LabelStudio) => {
  const { annotations } = theTask(server);
  expect(annotations).toHaveLength(1);
  return annotations[0]?.result ?? [];
};
const valuesOf = (server: LabelStudio) =>
  Object.fromEntries(theResult(server).map(({ from_name, value }) => [from_name, value]));
/** A project whose interface is this, below the answer. */
const withControls = (controls: string) => {
  const server = new LabelStudio();
  const label_config = `<View><Text name="answer" value="$response"/>${controls}</View>`;
  server.project = { title: 'Reviews', label_config };
  return server;
};
const withoutPrompt = () => {
  const { options: { prompt: _, ...options } = {}, ...rest } = destinationWith();
  return { ...rest, options };
};

describe('what arrives', () => {
  test('given an interface that asks for everything, each part has its result, and the rest is in the task', async () => {
    const server = new LabelStudio();
    expect(await send(server, toEvent(review))).toEqual(delivered);
    expect(valuesOf(server)).toEqual({
      verdict: { choices: ['correct'] },
      labels: { choices: ['wrong'] },
      quality: { rating: 2 },
      findings: { start: 13, end: 20, text: '14 days', labels: ['wrong'] },
      correction: { text: [review.judgement.correction] },
      comment: { text: [review.judgement.comment] },
      preference: { selected: 'right' },
    });
    expect(theResult(server).find(({ from_name }) => from_name === 'findings')).toMatchObject({
      to_name: 'answer',
      type: 'labels',
      meta: { text: ['It is 30'] },
    });
    expect(theTask(server).meta).toMatchObject({
      countersign_oversight: review.oversight,
      countersign_judgement: { findings: review.judgement.findings, reasons: { quality: 'The number is wrong' } },
    });
  });

  test('every request is one that Label Studio describes', async () => {
    const server = new LabelStudio();
    for (const revision of [1, 2]) await send(server, toEvent({ ...review, revision }));
    const api = openApi('label-studio');
    const [task] = server.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/tasks/'));
    const [created] = server.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/annotations/'));
    const [patched] = server.requests.filter(({ method, url }) => method === 'PATCH' && url.includes('/annotations/'));
    const annotation = api.request('post', '/api/tasks/{id}/annotations/');
    expect([annotation(JSON.parse(created?.body ?? '')), annotation.errors]).toEqual([true, null]);
    const change = api.request('patch', '/api/annotations/{id}/');
    expect([change(JSON.parse(patched?.body ?? '')), change.errors]).toEqual([true, null]);
    // The document at hand describes tasks as they are imported: a list, and the project in the address.
    const { project, ...imported } = JSON.parse(task?.body ?? '');
    expect(project).toBe(7);
    const tasks = api.request('post', '/api/projects/{id}/import');
    expect([tasks([imported]), tasks.errors]).toEqual([true, null]);
  });

  test('given controls of other names and kinds, the destination says which is which', async () => {
    const server = withControls(
      '<TextArea name="why" toName="answer"/><Number name="stars" toName="answer"/><Choices name="tags" toName="answer"><Choice value="wrong"/></Choices>',
    );
    const controls = 'comment = why\nquality=stars\n\nlabels = tags';
    expect(
      await send(server, toEvent(review), { ...withoutPrompt(), options: { ...withoutPrompt().options, controls } }),
    ).toEqual(delivered);
    expect(valuesOf(server)).toEqual({
      why: { text: [review.judgement.comment] },
      stars: { number: 2 },
      tags: { choices: ['wrong'] },
    });
    expect(theTask(server).meta.countersign_judgement).toMatchObject({ statements: { verdict: 'correct' } });
    expect(theTask(server).meta.countersign_prompt).toBe(review.snapshot.prompt);
  });

  test('given choices with an alias, the alias is the result, by whichever name the rubric knows it', async () => {
    const server = withControls(
      '<Choices name="labels" toName="answer" choice="multiple"><Choice value="Off topic" alias="off-topic"/><Choice value="tone" alias="t"/></Choices>',
    );
    const judgement = aJudgement({ labels: ['off-topic', 'tone', 'policy'] });
    await send(server, toEvent({ ...review, judgement }), withoutPrompt());
    expect(valuesOf(server)).toEqual({ labels: { choices: ['off-topic', 't'] } });
    expect(theTask(server).meta.countersign_judgement).toMatchObject({ statements: { labels: judgement.labels } });
  });

  test('given a control that takes one choice, or a rating that ends below, what does not fit stays in the task', async () => {
    const server = withControls(
      '<Choices name="labels" toName="answer" choice="single"><Choice value="wrong"/><Choice value="tone"/></Choices><Rating name="quality" toName="answer" maxRating="1"/><Choices name="verdict" perRegion="true" toName="answer"><Choice value="correct"/></Choices>',
    );
    const judgement = aJudgement({ labels: ['wrong', 'tone'] });
    expect(await send(server, toEvent({ ...review, judgement }), withoutPrompt())).toEqual(delivered);
    expect(theResult(server)).toEqual([]);
    expect(theTask(server).meta.countersign_judgement).toMatchObject({
      statements: { verdict: 'correct', labels: ['wrong', 'tone'], quality: 2 },
    });
  });

  test('given emoji before it, a span counts code points', async () => {
    const server = new LabelStudio();
    const text = '👩‍👩‍👧 🚀 refunds take 14 days 🙂';
    const judgement = aJudgement({ findings: [aFinding(text, '14 days 🙂')] });
    await send(server, toEvent({ ...review, snapshot: aSnapshot({ text }), judgement }));
    const { start, end } = valuesOf(server).findings as { start: number; end: number };
    expect([...text].slice(start, end).join('')).toBe('14 days 🙂');
    expect(text.slice(start, end)).not.toBe('14 days 🙂');
  });

  test('given an answer that is shown as markup, no span is made, since places in it are not those of the text', async () => {
    const server = withControls('<Labels name="findings" toName="answer"><Label value="wrong"/></Labels>');
    const { title, label_config } = server.project ?? { title: '', label_config: '' };
    server.project = { title, label_config: label_config?.replace('<Text', '<HyperText') ?? '' };
    expect(await send(server, toEvent(review), withoutPrompt())).toEqual(delivered);
    expect(theResult(server)).toEqual([]);
    expect(theTask(server).meta.countersign_judgement).toMatchObject({ findings: review.judgement.findings });
  });

  test('given a comparison with the answer beside another, each stands where the project shows it', async () => {
    const server = withControls(
      '<Text name="other" value="$other"/><Pairwise name="preference" toName="other,answer"/>',
    );
    const [own, other] = review.judgement.preference?.shown ?? [];
    if (!own || !other) throw new Error('nothing was compared');
    const compared = (rank: number, responseKey = review.responseKey) => {
      const shown = [
        { ...own, responseKey, rank },
        { ...other, rank: 2 },
      ];
      return { ...review.judgement, preference: { shown, outcome: 'ranked', strength: 'clear' } as const };
    };
    const sendRevision = (revision: number, judgement: Review['judgement']) =>
      send(server, toEvent({ ...review, revision, judgement }), withoutPrompt());

    expect(await sendRevision(1, compared(1))).toEqual(delivered);
    expect(theTask(server).data).toMatchObject({ other: other.text, response: review.snapshot.text });
    expect(valuesOf(server).preference).toEqual({ selected: 'right' });
    await sendRevision(2, compared(3));
    expect(valuesOf(server).preference).toEqual({ selected: 'left' });
    // Equals, and answers of which neither is the one under review, have no side.
    await sendRevision(3, compared(2));
    expect(theResult(server)).toEqual([]);
    await sendRevision(4, compared(1, 'somewhere else'));
    expect(theResult(server)).toEqual([]);
    expect(theTask(server).data.other).toBe('(not compared)');
  });
});

describe('again', () => {
  test('given an exchange that ended after any of its requests, the next one leaves one task with one annotation', async () => {
    const whole = new LabelStudio();
    await send(whole, toEvent(review));
    expect(whole.requests).toHaveLength(4);
    for (let last = 1; last <= whole.requests.length; last += 1) {
      const server = new LabelStudio();
      const exchange = labelStudio.exchange([toEvent(review)], destinationWith(), NOW);
      let step = await exchange.next();
      for (let at = 1; at <= last && !step.done; at += 1) {
        const reply = server.answer(step.value);
        if (at < last) step = await exchange.next(reply);
      }
      expect(await send(server, toEvent(review))).toEqual(delivered);
      expect(theTask(server)).toEqual(theTask(whole));
    }
  });

  test('given a target whose filter lets others through, no task of another review is touched', async () => {
    const server = new LabelStudio();
    server.filters = false;
    const other = aTracedReview(undefined, { id: '0190a1b2-0000-7000-8000-0000000000bb' });
    await send(server, toEvent(other));
    await send(server, toEvent(review));
    expect(server.tasks.map(({ data }) => data.countersign_review)).toEqual([other.id, review.id]);
    expect(await send(server, toDeletion(other, NOW))).toEqual(delivered);
    expect(theTask(server).data.countersign_review).toBe(review.id);
  });

  test('given a later revision, the one before changes nothing any more', async () => {
    const server = new LabelStudio();
    const later = toEvent({ ...review, revision: 2, judgement: aJudgement({ verdict: 'reject' }) });
    for (const event of [toEvent(review), later, toEvent(review)]) expect(await send(server, event)).toEqual(delivered);
    expect(valuesOf(server).verdict).toEqual({ choices: ['reject'] });
    expect(theTask(server).data.countersign_revision).toBe(2);
  });

  test('given that somebody emptied the annotation, it is filled again, since its own id is taken', async () => {
    const server = new LabelStudio();
    await send(server, toEvent(review));
    Object.assign(theTask(server).annotations[0] ?? {}, { result: [] });
    expect(await send(server, toEvent({ ...review, revision: 2 }))).toEqual(delivered);
    expect(theResult(server)).toHaveLength(7);
  });

  test('given a copied project, whose annotations have other ids, the one with the reviewer’s results is changed', async () => {
    const server = new LabelStudio();
    await send(server, toEvent(review));
    Object.assign(theTask(server).annotations[0] ?? {}, { unique_id: 'another' });
    expect(await send(server, toEvent({ ...review, revision: 2 }))).toEqual(delivered);
    expect(theResult(server)).toHaveLength(7);
  });

  test('given a task that somebody deletes meanwhile, the review waits and is written anew', async () => {
    const server = new LabelStudio();
    const event = toEvent(review);
    const { outcome } = await converse(labelStudio.exchange([event], destinationWith(), NOW), (request) => {
      if (request.url.endsWith('/annotations/')) server.tasks.splice(0);
      return server.answer(request);
    });
    expect(outcome).toMatchObject({ items: new Map([[event.id, { outcome: 'later' }]]) });
    expect(await send(server, event)).toEqual(delivered);
    expect(theResult(server)).toHaveLength(7);
  });
});

describe('tokens', () => {
  const authorizationOf = async (token: string, server = new LabelStudio()) => {
    await converse(labelStudio.probe({ ...destinationWith(), token }, NOW), server.answer);
    return server.requests.at(-1)?.headers.authorization;
  };
  test('a legacy token is sent as one, a short-lived one as a bearer', async () => {
    expect(await authorizationOf('0123456789abcdef')).toBe('Token 0123456789abcdef');
    expect(await authorizationOf('aa.bb.cc')).toBe('Bearer aa.bb.cc');
  });

  test('a personal access token is exchanged first, and goes nowhere else', async () => {
    const server = new LabelStudio();
    server.authorization = 'Bearer a.b.c';
    expect(await send(server, toEvent(review), { ...destinationWith(), token: personalToken })).toEqual(delivered);
    const [first, ...others] = server.requests;
    expect(JSON.parse(first?.body ?? '')).toEqual({ refresh: personalToken });
    expect(JSON.stringify([first?.headers, first?.url, others])).not.toContain(personalToken);
  });
});

describe('what is wrong is said', () => {
  const pause = (words: string) => ({
    kind: 'pause',
    reason: expect.stringContaining(words),
    next: expect.stringMatching(/\.$/),
  });
  const both = async (server: LabelStudio, words: string, destination?: Destination) => {
    expect(await send(server, toEvent(review), destination)).toEqual(pause(words));
    expect(await probe(server, destination)).toEqual(pause(words));
    expect(server.tasks).toEqual([]);
  };

  test('a wrong token, short-lived or personal', async () => {
    await both(new LabelStudio(), 'does not know the token', { ...destinationWith(), token: 'other' });
    const other = personalToken.replace(/.$/, 'x');
    await both(new LabelStudio(), 'does not know the token', { ...destinationWith(), token: other });
  });

  test('a project that was deleted', async () => {
    const server = new LabelStudio();
    server.project = null;
    await both(server, 'no project 7 at this address');
    expect(await send(server, toDeletion(review, NOW))).toEqual(pause('no project 7 '));
  });

  test('an interface that cannot be read', async () => {
    const server = new LabelStudio();
    for (const label_config of [null, '', '<View>', '<View><Text name="a></View>', '<View></Text></View>']) {
      server.project = { title: 'Reviews', label_config };
      await both(server, '“Reviews” has no labeling interface that can be read');
    }
  });

  test('a variable that the interface does not show, and one that a review has nothing for', async () => {
    const server = new LabelStudio();
    await both(server, 'shows no “$answer”; it shows “prompt”, “response”', destinationWith({ answer: 'answer' }));
    server.project = {
      title: 'Reviews',
      label_config: wholeLabeling.replace('<Header', '<Image name="i" value="$image"/><Header'),
    };
    await both(server, 'shows “$image”, and a review has nothing for it');
  });

  test('a control that the interface does not have', async () => {
    await both(
      new LabelStudio(),
      'has no control “better”; it has “verdict”',
      destinationWith({ controls: 'correction = better' }),
    );
  });

  test('an interface that asks for nothing of a review', async () => {
    const server = withControls('<TextArea name="notes" toName="answer"/>');
    expect(await send(server, toEvent(review), withoutPrompt())).toEqual(pause('No control of the project “Reviews”'));
  });

  test('a task that the server refuses, in its own words', async () => {
    const server = new LabelStudio();
    const answer = (request: Parameters<LabelStudio['answer']>[0]) => {
      if (request.method === 'POST') {
        server.project = { title: 'Reviews', label_config: wholeLabeling.replace('$prompt', '$question') };
      }
      return server.answer(request);
    };
    const { outcome } = await converse(labelStudio.exchange([toEvent(review)], destinationWith(), NOW), answer);
    expect(outcome).toEqual({ kind: 'invalid', reason: expect.stringContaining('key is expected in task data') });
  });
});

test('the page shows the record as it arrives, and the fate of each part', async () => {
  const server = new LabelStudio();
  expect(await send(server, aShownEvent(aTrace))).toEqual(delivered);
  expect(jsonExample('label-studio', 'record', theTask(server))).toEqual(theTask(server));
  for (const { as } of Object.values(about.carries)) expect(pageOf('label-studio')).toContain(`| ${as} |`);
});
