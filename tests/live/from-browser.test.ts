/** The whole way: a person at a real browser, the production build, the collector as a process, a real MLflow read by its own API. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidv7 } from '../../utils/review/ids.ts';
import type { Review } from '../../utils/review/schema.ts';
import { type BreakingProxy, startBreakingProxy } from '../support/breaking-proxy.ts';
import { until } from '../support/browser/poll.ts';
import type { Ui } from '../support/browser/ui.ts';
import { alone, inEachBrowser } from '../support/given.ts';
import { openEditor } from '../support/judge.ts';
import { hasFocus, pressTogether, retype, tabTo } from '../support/keys.ts';
import { type RunningCollector, runCollector } from '../support/live/collector.ts';
import { mlflowApi, mlflowToken, startOfMlflow } from '../support/live/mlflow.ts';
import { describeLive } from '../support/live/server.ts';

const correction = 'Your order 4417 arrives on Monday.';
const comment = 'The carrier says Monday, see its page';
const whole = ['expected_response', 'labels', 'quality', 'verdict'];
const newId = () => uuidv7().replaceAll('-', '');

describeLive('mlflow', startOfMlflow, (server) => {
  const { newExperiment, newTrace, infoOf } = mlflowApi(server);
  let experiment: string;
  let proxy: BreakingProxy;
  let collector: RunningCollector;
  /** What happens when MLflow has done what a request to it said, and nobody knows yet. */
  let onDone: (() => void) | null = null;

  beforeAll(async () => {
    experiment = await newExperiment('from the browser');
    proxy = await startBreakingProxy(server().url, ({ method }) => {
      if (method === 'GET' || onDone === null) return false;
      onDone();
      return true;
    });
    const options = { experiments: experiment };
    const mlflow = { id: 'runs', name: 'Runs', connector: 'mlflow', url: proxy.url, token: mlflowToken, options };
    collector = await runCollector([mlflow]);
  });
  afterAll(async () => {
    await collector?.remove();
    await proxy?.close();
  });

  /** Waits until as much stands at the trace, and gives it by name. */
  const assessmentsAt = async (id: string, names: readonly string[]) => {
    const all = await until(
      `all of it stands at ${id}`,
      async () => {
        const { assessments = [] } = await infoOf(id);
        return assessments.length >= names.length && assessments;
      },
      { timeoutMs: 120_000 },
    );
    expect(all.map((each) => each.assessment_name).sort()).toEqual(names);
    return new Map(all.map((each) => [each.assessment_name, each]));
  };

  const expectWhole = async (id: string, { judgement, ...review }: Review) => {
    const there = await assessmentsAt(id, whole);
    for (const each of there.values()) {
      expect(each).toMatchObject({
        source: { source_type: 'HUMAN', source_id: review.reviewer.id },
        metadata: { countersign_review: review.id, countersign_revision: '1' },
      });
      expect(Date.parse(each.create_time)).toBe(Date.parse(review.createdAt));
    }
    expect(there.get('verdict')).toMatchObject({ feedback: { value: 'correct' }, rationale: comment });
    expect(there.get('labels')).toMatchObject({ feedback: { value: ['wrong'] } });
    expect(there.get('quality')).toMatchObject({ feedback: { value: 2 } });
    expect(there.get('expected_response')).toMatchObject({ expectation: { value: correction } });
    expect(judgement).toMatchObject({ verdict: 'correct', labels: ['wrong'], correction, comment });
    expect(judgement.ratings).toEqual([{ dimension: 'quality', value: 2 }]);
  };

  inEachBrowser(
    'from the browser to MLflow',
    (given) => {
      beforeAll(async () => {
        const { endpoint: url, token } = collector;
        await given.inside.deliverTo({ url, token });
        const pattern = 'trace=([0-9a-f]{32})';
        const trace = {
          origin: given.chats.origin,
          from: 'address',
          selector: null,
          attribute: null,
          pattern,
        } as const;
        await given.inside.call('saveSettings', { traces: [trace] });
      });

      /** Rates and corrects the answer about the order, with everything that the form has, by keyboard alone. */
      const judge = async (editor: Ui) => {
        const { tab } = editor;
        await hasFocus(editor, 'radio', /^Approve/);
        await tabTo(editor, 'radio', /^1, /);
        await tab.page.keyboard.press('2');
        await until('the rating is picked', async () => (await editor.find('radio', '2'))?.state === 'true');
        await tab.page.keyboard.press('F6');
        await hasFocus(editor, 'button', 'Wrong');
        await tab.page.keyboard.press('1');
        await until('the label is on', async () => (await editor.find('button', 'Wrong'))?.state === 'true');
        await tabTo(editor, 'textbox', 'Correction');
        await retype(tab, correction);
        await tabTo(editor, 'textbox', 'Comment');
        await tab.page.keyboard.type(comment);
      };

      it('given a page that tells the trace, when the reviewer rates and corrects the answer, then all of it stands at that trace, field by field', async () => {
        const id = newId();
        await newTrace(experiment, id);
        const review = await given.openChat('deep-chat', 'orders', { trace: id });
        await review.chat.pointAt('by Thursday');
        await openEditor(review, 'm');
        await judge(review.editor);
        await pressTogether(review.tab, 'Control', 'Enter');
        await review.editor.shows('Saved on this computer');
        const [row] = await given.inside.revisions(1);
        expect(row?.review.snapshot.trace).toEqual({ id });
        await given.inside.delivered(60_000);
        await expectWhole(id, row?.review as Review);
      });

      it('given a page that tells none and a collector that is killed between sending and the answer, when the reviewer pastes the link of the trace, then it stands there once', async () => {
        const id = newId();
        await newTrace(experiment, id);
        const review = await given.openChat('deep-chat', 'orders');
        const { tab, editor } = review;
        await review.chat.pointAt('by Thursday');
        await openEditor(review, 'm');
        await judge(editor);
        await tabTo(editor, 'button', 'Trace · none known');
        await tab.page.keyboard.press('Enter');
        await hasFocus(editor, 'textbox', 'Trace of this answer');
        await tab.page.keyboard.type(
          `${server().url}/#/experiments/${experiment}/traces?selectedEvaluationId=tr-${id}`,
        );
        await editor.shows(`Trace tr-${id}.`);
        let kills = 0;
        proxy.lose = 1;
        onDone = () => {
          kills += 1;
          onDone = null;
          collector.kill();
        };
        await pressTogether(tab, 'Control', 'Enter');
        await editor.shows('Saved on this computer');
        const [row] = await given.inside.revisions(1);
        expect(row?.review.snapshot.trace).toEqual({ id: `tr-${id}`, byHand: true });

        await until('the collector is killed', () => kills === 1, { timeoutMs: 60_000 });
        await collector.startAgain();
        await expectWhole(id, row?.review as Review);
        // What the browser had not heard of yet, it sends again; nothing of that comes a second time.
        await given.inside.call('deliverNow', {});
        await given.inside.delivered(60_000);
        await expectWhole(id, row?.review as Review);
      });
    },
    alone,
  );
});
