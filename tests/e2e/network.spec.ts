/** Nothing leaves unasked: every request of the browser goes through a proxy that notes it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import { type Endpoint, startEndpoint } from '../support/endpoint.ts';
import { inEachBrowser } from '../support/given.ts';
import { askAndPoint, openEditor } from '../support/judge.ts';
import { type Recorder, startRecorder } from '../support/recorder.ts';

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
        for (const page of ['popup.html', 'workbench.html', 'editor.html']) await given.openExtension(page);
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
    },
    async () => {
      await recorder?.close();
      recorder = await startRecorder();
      return { proxy: recorder.address };
    },
  );
});
