/** Reviews delivered to a real Label Studio, and read back through its own API. */
import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Destination } from '../../utils/connectors/types.ts';
import { uuidv7 } from '../../utils/review/ids.ts';
import type { Review } from '../../utils/review/schema.ts';
import { toDeletion, toEvent } from '../../utils/review/wire.ts';
import { startBreakingProxy } from '../support/breaking-proxy.ts';
import { aDestination, aFinding, aJudgement, aSnapshot } from '../support/builders.ts';
import { wholeLabeling } from '../support/labeling.ts';
import { askTarget } from '../support/live/api.ts';
import { sendLive, sendOne } from '../support/live/send.ts';
import { describeLive } from '../support/live/server.ts';
import { programOf } from '../support/live/targets.ts';
import { aTracedReview } from '../support/traced.ts';

const TOKEN = '0123456789abcdef0123456789abcdef01234567';

interface Item {
  readonly id: string;
  readonly from_name: string;
  readonly to_name: string;
  readonly type: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface Annotation {
  readonly id: number;
  readonly result: readonly Item[];
  readonly lead_time: number;
}
interface Task {
  readonly id: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly annotations: readonly Annotation[];
}

/**
 * What Label Studio's own library says against results: names, types and values. It refuses what it makes itself of
 * Pairwise, so that one is compared with what it makes.
 */
const VALIDATE = `
import json, sys
from label_studio_sdk.label_interface import LabelInterface
given = json.load(sys.stdin)
interface = LabelInterface(given["config"])
others = [each for each in given["result"] if each["type"] != "pairwise"]
print(json.dumps({
    "errors": interface._validate_object({"result": others}, return_errors=True),
    "pairwise": interface.get_control("preference").label("right")._dict(),
}))
`;

describeLive(
  'label-studio',
  {
    program: 'label-studio',
    args: ({ port, folder }) => [
      'start',
      '--no-browser',
      ...['--internal-host', '127.0.0.1', '--port', String(port), '--data-dir', folder, '--log-level', 'ERROR'],
      ...['--username', 'reviewer@example.com', '--password', 'password-of-tests', '--user-token', TOKEN],
      '--enable-legacy-api-token',
    ],
    env: () => ({ LATEST_VERSION_CHECK: 'false', COLLECT_ANALYTICS: 'false', SENTRY_DSN: '', FRONTEND_SENTRY_DSN: '' }),
    ready: '/health',
  },
  (server) => {
    const api = (path: string, method = 'GET', body?: unknown) =>
      askTarget(`${server().url}/api/${path}`, { method, headers: { authorization: `Token ${TOKEN}` }, body });
    const aProject = async (label_config = wholeLabeling) => {
      const { id } = (await api('projects/', 'POST', { title: 'Reviews', label_config })) as { id: number };
      return String(id);
    };
    let project = '';
    beforeAll(async () => {
      project = await aProject();
    });
    const aLabelStudio = ({ options, ...change }: Partial<Destination> = {}) =>
      aDestination({
        connector: 'label-studio',
        url: server().url,
        token: TOKEN,
        options: { project, answer: 'response', prompt: 'prompt', ...options },
        ...change,
      });
    const aReviewOnce = (change: Partial<Review> = {}) => aTracedReview(undefined, { id: uuidv7(), ...change });
    /** All tasks of the project that hold the review, whatever the product thinks of them. */
    const tasksOf = async ({ id }: Review, of = project) => {
      const { tasks } = (await api(`tasks?project=${of}&fields=all&page_size=1000`)) as { tasks: Task[] };
      return tasks.filter(({ data }) => data.countersign_review === id);
    };
    const theTaskOf = async (review: Review, of = project) => {
      const tasks = await tasksOf(review, of);
      expect(tasks).toHaveLength(1);
      return tasks[0] as Task;
    };
    const theResultOf = async (review: Review, of = project) => {
      const { annotations } = await theTaskOf(review, of);
      expect(annotations).toHaveLength(1);
      return new Map(annotations[0]?.result.map((each) => [each.from_name, each]));
    };

    test('given a destination that is right, the probe finds nothing wrong and leaves nothing', async () => {
      expect(await sendLive(aLabelStudio(), [])).toEqual([{ kind: 'items', items: new Map() }]);
      expect(await api(`tasks?project=${project}`)).toMatchObject({ total: 0 });
    });

    test('given a review with everything, task and annotation say all of it, as Label Studio’s own library reads it', async () => {
      const review = aReviewOnce();
      expect(await sendOne(aLabelStudio(), toEvent(review))).toEqual({ outcome: 'delivered' });
      const { data, meta, annotations } = await theTaskOf(review);
      expect(data).toMatchObject({
        response: review.snapshot.text,
        prompt: review.snapshot.prompt,
        right: 'It takes 30 days.',
        countersign_review: review.id,
      });
      expect(meta).toMatchObject({
        countersign_reviewer: review.reviewer.id,
        countersign_oversight: review.oversight,
        countersign_judgement: { findings: review.judgement.findings, preference: review.judgement.preference },
      });
      expect(annotations[0]?.lead_time).toBe(review.spentMs / 1000);
      const result = await theResultOf(review);
      const values = Object.fromEntries([...result].map(([name, { type, value }]) => [name, { type, value }]));
      expect(values).toEqual({
        verdict: { type: 'choices', value: { choices: ['correct'] } },
        labels: { type: 'choices', value: { choices: ['wrong'] } },
        quality: { type: 'rating', value: { rating: 2 } },
        findings: { type: 'labels', value: { start: 13, end: 20, text: '14 days', labels: ['wrong'] } },
        correction: { type: 'textarea', value: { text: [review.judgement.correction] } },
        comment: { type: 'textarea', value: { text: [review.judgement.comment] } },
        preference: { type: 'pairwise', value: { selected: 'right' } },
      });
      const input = JSON.stringify({ config: wholeLabeling, result: annotations[0]?.result });
      const checked = execFileSync(programOf('label-studio', 'python'), ['-c', VALIDATE], { input, encoding: 'utf8' });
      const { errors, pairwise } = JSON.parse(checked);
      expect(errors).toEqual([]);
      expect(result.get('preference')).toMatchObject({ ...pairwise, id: expect.any(String) });
    });

    test('given the same review twice, there is one task with one annotation', async () => {
      const review = aReviewOnce();
      await sendOne(aLabelStudio(), toEvent(review));
      expect(await sendOne(aLabelStudio(), toEvent(review))).toEqual({ outcome: 'delivered' });
      expect((await theResultOf(review)).size).toBe(7);
    });

    test('given that the answers to what was written are lost one after the other, there is one of each at the end', async () => {
      const review = aReviewOnce();
      const proxy = await startBreakingProxy(server().url, ({ method }) => method !== 'GET');
      try {
        const destination = aLabelStudio({ url: proxy.url });
        for (const lost of ['the new task', 'the task', 'the task again']) {
          proxy.lose = 1;
          expect(await sendOne(destination, toEvent(review)), lost).toMatchObject({ kind: 'later' });
        }
        expect((await theTaskOf(review)).annotations).toHaveLength(0);
        expect(await sendOne(destination, toEvent(review))).toEqual({ outcome: 'delivered' });
      } finally {
        await proxy.close();
      }
      expect((await theResultOf(review)).size).toBe(7);
    });

    test('given that the answer to the new annotation is lost, there is one annotation at the end', async () => {
      const review = aReviewOnce();
      const proxy = await startBreakingProxy(
        server().url,
        ({ method, url }) => method === 'POST' && !!url?.includes('annotations'),
      );
      try {
        proxy.lose = 1;
        expect(await sendOne(aLabelStudio({ url: proxy.url }), toEvent(review))).toMatchObject({ kind: 'later' });
      } finally {
        await proxy.close();
      }
      expect((await theTaskOf(review)).annotations).toHaveLength(1);
      expect(await sendOne(aLabelStudio(), toEvent(review))).toEqual({ outcome: 'delivered' });
      expect((await theResultOf(review)).size).toBe(7);
    });

    test('given that somebody emptied the annotation, the next revision fills it again, and makes no other', async () => {
      const review = aReviewOnce();
      await sendOne(aLabelStudio(), toEvent(review));
      const { annotations } = await theTaskOf(review);
      await api(`annotations/${annotations[0]?.id}/`, 'PATCH', { result: [] });
      expect(await sendOne(aLabelStudio(), toEvent({ ...review, revision: 2 }))).toEqual({ outcome: 'delivered' });
      expect((await theResultOf(review)).size).toBe(7);
    });

    test('given a later revision, it takes the place of the one before, and the one before changes nothing any more', async () => {
      const review = aReviewOnce();
      await sendOne(aLabelStudio(), toEvent(review));
      const judgement = aJudgement({ verdict: 'reject', labels: ['off-topic'], ratings: [], correction: null });
      const later = { ...review, revision: 2, judgement, snapshot: { ...review.snapshot, text: 'Another answer.' } };
      expect(await sendOne(aLabelStudio(), toEvent(later))).toEqual({ outcome: 'delivered' });
      for (const event of [toEvent(later), toEvent(review)]) {
        expect(await sendOne(aLabelStudio(), event)).toEqual({ outcome: 'delivered' });
        const result = await theResultOf(review);
        expect([...result.keys()].sort()).toEqual(['labels', 'verdict']);
        expect(result.get('verdict')?.value).toEqual({ choices: ['reject'] });
        expect(result.get('labels')?.value).toEqual({ choices: ['off-topic'] });
        expect((await theTaskOf(review)).data.response).toBe('Another answer.');
      }
    });

    test('given an answer with emoji, Label Studio cuts the very words of the finding out of its own text', async () => {
      const text = 'Done 👩‍👩‍👧 🚀: refunds take 14 days 🙂 after.';
      const findings = [aFinding(text, '14 days 🙂'), aFinding(text, 'after', { label: 'tone' })];
      const review = aReviewOnce({ snapshot: aSnapshot({ text }), judgement: aJudgement({ findings }) });
      await sendOne(aLabelStudio(), toEvent(review));
      const { data, annotations } = await theTaskOf(review);
      const spans = annotations[0]?.result.filter(({ type }) => type === 'labels') ?? [];
      // As Python slices: by code points.
      const cut = spans.map(({ value }) =>
        [...String(data.response)].slice(Number(value.start), Number(value.end)).join(''),
      );
      expect(cut).toEqual(['14 days 🙂', 'after']);
      expect(spans.map(({ value }) => value.text)).toEqual(cut);
    });

    test('given a deletion, the task is gone with its annotation, and no other', async () => {
      const [review, other] = [aReviewOnce(), aReviewOnce()];
      await sendLive(aLabelStudio(), [toEvent(review), toEvent(other)]);
      for (const _ of ['once', 'again']) {
        expect(await sendOne(aLabelStudio(), toDeletion(review, Date.now()))).toEqual({ outcome: 'delivered' });
        expect(await tasksOf(review)).toEqual([]);
      }
      await theTaskOf(other);
    });

    test('given the same review for two projects, each gets it', async () => {
      const review = aReviewOnce();
      const second = await aProject();
      await sendOne(aLabelStudio(), toEvent(review));
      expect(await sendOne(aLabelStudio({ options: { project: second } }), toEvent(review))).toEqual({
        outcome: 'delivered',
      });
      expect((await theResultOf(review)).size).toBe(7);
      expect((await theResultOf(review, second)).size).toBe(7);
    });

    test('given texts of 200,000 characters, they arrive whole, and again', async () => {
      const text = 'ü€😀x'.repeat(40_000);
      const review = aReviewOnce({
        snapshot: aSnapshot({ text }),
        judgement: aJudgement({ correction: text, findings: [aFinding(text, 0, { label: null })] }),
      });
      expect(await sendOne(aLabelStudio(), toEvent(review))).toEqual({ outcome: 'delivered' });
      expect(await sendOne(aLabelStudio(), toEvent({ ...review, revision: 2 }))).toEqual({ outcome: 'delivered' });
      const { data } = await theTaskOf(review);
      expect(data.response).toBe(text);
      expect((await theResultOf(review)).get('correction')?.value).toEqual({ text: [text] });
    });

    test('given a review that may say no text, the judgement arrives, and nothing pretends to be an answer', async () => {
      const review = aReviewOnce({
        snapshot: aSnapshot({ text: '', markdown: '', prompt: null }),
        judgement: aJudgement({ correction: null }),
      });
      expect(await sendOne(aLabelStudio(), toEvent(review))).toEqual({ outcome: 'delivered' });
      expect((await theTaskOf(review)).data.response).toBe(`(not sent; SHA-256 ${review.contentHash})`);
    });

    test('given a personal access token, it delivers with the short-lived one that it gets for it', async () => {
      await api('jwt/settings', 'POST', {
        api_tokens_enabled: true,
        legacy_api_tokens_enabled: true,
        api_token_ttl_days: 100,
      });
      const { token } = (await api('token/', 'POST', {})) as { token: string };
      const review = aReviewOnce();
      expect(await sendOne(aLabelStudio({ token }), toEvent(review))).toEqual({ outcome: 'delivered' });
      expect((await theResultOf(review)).size).toBe(7);
    });

    test('given a page of an extension, the browser is told that it may ask', async () => {
      const answer = await fetch(`${server().url}/api/tasks/`, {
        method: 'OPTIONS',
        headers: {
          origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
          'access-control-request-method': 'PATCH',
          'access-control-request-headers': 'authorization,content-type',
        },
      });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH');
      expect(answer.headers.get('access-control-allow-headers')).toContain('authorization');
    });

    describe('what is wrong is said', () => {
      test('a wrong token', async () => {
        expect(await sendOne(aLabelStudio({ token: 'wrong' }), toEvent(aReviewOnce()))).toMatchObject({
          kind: 'pause',
          reason: expect.stringContaining('does not know the token'),
        });
      });

      test('a project that was deleted', async () => {
        const gone = await aProject();
        await api(`projects/${gone}/`, 'DELETE');
        const reason = expect.stringContaining(`no project ${gone} `);
        const destination = aLabelStudio({ options: { project: gone } });
        expect(await sendOne(destination, toEvent(aReviewOnce()))).toMatchObject({ kind: 'pause', reason });
        expect(await sendOne(destination, toDeletion(aReviewOnce(), Date.now()))).toMatchObject({
          kind: 'pause',
          reason,
        });
      });

      test('a variable that a review has nothing for', async () => {
        const other = await aProject(wholeLabeling.replace('<Header', `<Image name="i" value="$image"/><Header`));
        expect(await sendOne(aLabelStudio({ options: { project: other } }), toEvent(aReviewOnce()))).toMatchObject({
          kind: 'pause',
          reason: expect.stringContaining('“$image”'),
        });
      });

      test('a control that the project does not have', async () => {
        const options = { controls: 'correction = better' };
        expect(await sendOne(aLabelStudio({ options }), toEvent(aReviewOnce()))).toMatchObject({
          kind: 'pause',
          reason: expect.stringContaining('no control “better”'),
        });
      });
    });
  },
);
