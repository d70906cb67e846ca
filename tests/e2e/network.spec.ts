/** Nothing leaves unasked: every request of the browser goes through a proxy that notes it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import type { Surface } from '../support/browser/types.ts';
import { type Endpoint, startEndpoint } from '../support/endpoint.ts';
import { inEachBrowser } from '../support/given.ts';
import { askAndPoint, openEditor } from '../support/judge.ts';
import { leaked, plantedDrafts, plantedSecrets } from '../support/planted.ts';
import { type Recorder, startRecorder } from '../support/recorder.ts';
import { shot } from '../support/shots.ts';

describe('requests', () => {
  let recorder: Recorder | undefined;
  let endpoint: Endpoint;

  const requests = () => recorder?.requests ?? [];

  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(async () => {
    await recorder?.close();
    await endpoint.close();
  });

  inEachBrowser(
    'what leaves the browser',
    (given) => {
      /** Requests that are neither the chat page's own nor the browser maker's (their hosts are not on this machine). */
      const foreign = () =>
        requests().filter(
          ({ url, origin }) =>
            (/^https?:\/\/(127\.0\.0\.1|localhost)/.test(url) && !url.startsWith(given.chats.origin)) ||
            /^(chrome|moz)-extension:/.test(origin ?? ''),
        );

      it('given no destination, when the reviewer approves, corrects, reloads and opens every page, then no request is made', async () => {
        const review = await given.openChat('deep-chat');
        await askAndPoint(review, 'Where is my refund?', 'as soon as we have booked it');
        await review.tab.page.keyboard.press('a');
        await review.toolbar.shows('Approved · Saved on this computer');
        await askAndPoint(review, 'Can I return my boots?', 'off your refund');
        await openEditor(review, 'c');
        await review.editor.fill('Correction', 'Thirty days.');
        await review.editor.click('button', 'Save');
        await review.editor.shows('Saved on this computer');
        await review.tab.reload();
        const pages = ['#/delivery', '#/rubric', '#/sites', '#/privacy', '#/settings', '#/welcome'];
        for (const page of [
          'popup.html',
          'editor.html',
          'sidepanel.html',
          ...pages.map((view) => `workbench.html${view}`),
        ])
          await given.openExtension(page);
        await given.inside.call('deliverNow', {});
        await given.inside.call('forgetOutdated', {});
        // After the undo window, when a delivery would be due.
        await until(
          'the judgements could be delivered',
          async () => {
            const { revisions } = await given.inside.stored();
            return revisions.length === 2 && revisions.every((row) => Date.now() - Date.parse(row.createdAt) > 10_000);
          },
          { timeoutMs: 20_000 },
        );

        expect(foreign()).toEqual([]);
        expect((await given.inside.stored()).outbox).toEqual([]);
        // The proxy does see what this browser loads: without that, silence would prove nothing.
        expect(requests().some(({ url }) => url === given.chats.url('deep-chat'))).toBe(true);
      });

      it('given a destination, when the reviewer approves, then the same proxy sees the delivery, and only to that address', async () => {
        await given.inside.deliverTo({ url: endpoint.url, token: 'secret-token-1' });
        const before = endpoint.requests.length;
        const review = await given.openChat('deep-chat');
        await askAndPoint(review, 'Do gift cards expire?', 'nothing is left on them');
        await review.tab.page.keyboard.press('a');
        await given.inside.delivered();

        const seen = foreign().map(({ url }) => url);
        expect(new Set(seen)).toEqual(new Set([endpoint.url]));
        expect(endpoint.requests.length).toBe(before + 1);
        expect(endpoint.requests.at(-1)?.headers.authorization).toBe('Bearer secret-token-1');
      });

      it('given 200 secrets in all texts of a review, findings, comparison and context included, when it is previewed, delivered and revised, then only to that address, and none of them', async () => {
        const { inside } = given;
        for (const { id } of (await inside.stored()).destinations) await inside.call('removeDestination', { id });
        await inside.deliverTo({ url: endpoint.url, token: 'secret-token-2', sendContext: true });
        const before = endpoint.requests.length;
        const { first, second } = plantedDrafts(given.chats.origin);
        await inside.call('judge', { ...first, origin: given.chats.origin });
        const { id: reviewId, judgement } = second;
        const [preview] = await inside.call('previewLeaving', { reviewId, judgement });
        expect(preview?.result.is).toBe('ready');
        expect(leaked(JSON.stringify(preview))).toEqual([]);
        await inside.call('saveReview', second);
        // All of them are stored: without that, none of them leaving would prove nothing.
        const stored = await inside.revisions(2);
        expect(new Set(leaked(JSON.stringify(stored)))).toEqual(new Set(plantedSecrets));
        const seen = () => endpoint.requests.slice(before);
        await until('both revisions are delivered', async () => {
          await inside.call('deliverNow', {});
          const bodies = seen().map(({ body }) => body);
          return [1, 2].every((revision) => bodies.some((body) => body.includes(`${reviewId}:${revision}`)));
        });
        await inside.delivered();

        const sent = JSON.stringify(seen());
        expect(sent).toContain('[EMAIL_1]');
        expect(sent).toContain('Said before');
        expect(leaked(sent)).toEqual([]);
        expect(leaked(JSON.stringify(foreign()))).toEqual([]);
        expect(new Set(foreign().map(({ url }) => url))).toEqual(new Set([endpoint.url]));
      });

      it('given messages before the prompt are kept, then the editor tells how many, shows what leaves of them, and they are stored as they were said', async () => {
        const { inside } = given;
        for (const { id } of (await inside.stored()).destinations) await inside.call('removeDestination', { id });
        await inside.call('saveSettings', { contextTurns: 3 });
        await inside.deliverTo({ url: endpoint.url, name: 'With context', sendContext: true });
        await inside.deliverTo({ url: endpoint.url.replace('events', 'bare'), name: 'Without' });
        const review = await given.openChat('deep-chat');
        await askAndPoint(review, 'Where is my refund?', 'as soon as we have booked it');
        await askAndPoint(review, 'Can I return my boots?', 'off your refund');
        await openEditor(review, 'c');
        await review.editor.fill('Comment', 'Write to jane.doe@mail-of-jane.example.');
        await review.editor.click('button', 'What leaves');
        await review.editor.shows(/Before the prompt, 1 of [23]/);
        await review.editor.shows('Write to [EMAIL_1]');
        await review.editor.shows('Stays here: what was said before the prompt');
        expect(await seriousFindings((await review.tab.editor()) as Surface)).toEqual([]);
        await shot(review.tab, `what-leaves-${given.browser}`);
        await review.editor.click('radio', 'Unsure');
        await review.editor.click('button', 'Save');
        const [row] = await inside.revisions(1);
        const { context = [], prompt } = row?.review.snapshot ?? {};
        expect(prompt).toBe('Can I return my boots?');
        expect(context.slice(-2).map(({ role }) => role)).toEqual(['user', 'assistant']);
        expect(context.at(-2)?.text).toBe('Where is my refund?');
        expect(context.at(-1)?.text).toContain('as soon as we have booked it');
        expect(context.length).toBeLessThanOrEqual(3);
        await inside.call('saveSettings', { contextTurns: 0 });
      });
    },
    async () => {
      await recorder?.close();
      recorder = await startRecorder();
      return { proxy: recorder.address };
    },
  );
});
