/** What a page learns of the reviewer's work: nothing that is typed, nothing that the editor shows. */
import { expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import { inEachBrowser } from '../support/given.ts';
import { asPage, onlyHonestReviewCounts, openHostile } from '../support/hostile.ts';
import { openEditor } from '../support/judge.ts';

const secret = 'SECRET-zq9';

/** Notes every event that could carry text, before any other listener. */
const spy = `<script>
  window.noted = [];
  for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'compositionstart', 'compositionend', 'paste', 'copy', 'cut', 'focusin', 'selectionchange', 'message'])
    window.addEventListener(type, (event) => window.noted.push(type + ' ' + (event.key ?? event.data ?? event.clipboardData?.getData('text') ?? '')), true);
  document.addEventListener('selectionchange', () => window.noted.push('selection ' + document.getSelection()), true);
</script>`;

inEachBrowser('a hostile page and what it can read', (given) => {
  const noted = (review: Parameters<typeof asPage>[0]) =>
    asPage(review)(() => (window as unknown as { noted: string[] }).noted);
  const forgetNotes = (review: Parameters<typeof asPage>[0]) =>
    asPage(review)(() => {
      (window as unknown as { noted: string[] }).noted.length = 0;
    });

  it('given a page that notes all keys, when the reviewer types, copies and pastes in the editor, then the page has noted none of it', async () => {
    const review = await openHostile(given, spy);
    await openEditor(review, 'c');
    await forgetNotes(review);
    const { keyboard } = review.tab.page;

    await review.editor.fill('Comment', secret);
    for (const key of ['a', 'c', 'v', 'v'] as const) {
      await keyboard.down('Control');
      await keyboard.press(key);
      await keyboard.up('Control');
    }
    await until('the text was pasted', async () =>
      (await review.editor.get('textbox', 'Comment')).value?.includes(secret),
    );

    const notes = (await noted(review)).filter((note) => !/^(focusin|selection)/.test(note));
    expect(notes).toEqual([]);
    // The spy does work: the same keys in the page are noted.
    await review.chat.focusComposer();
    await keyboard.type('spied');
    expect((await noted(review)).join(' ')).toContain('keydown s');
  });

  it('given a page that searches itself, when the editor is open, then nothing of the editor is found', async () => {
    await given.inside.deliverTo({
      url: 'https://reviews.example.com/v1/events',
      name: 'Hidden Harbor Team',
      token: secret,
    });
    const review = await openHostile(given, '');
    await openEditor(review, 'c');
    await review.editor.fill('Comment', secret);
    await review.editor.shows('Hidden Harbor Team');
    const found = await asPage(review)(
      (_root, words) =>
        words.filter((word) => {
          document.getSelection()?.removeAllRanges();
          return (window as unknown as { find(...args: unknown[]): boolean }).find(word, false, false, true);
        }),
      [secret, 'Hidden Harbor', 'Review this answer', 'Draft kept', 'reviews.example.com', 'by Thursday'],
    );
    expect(found).toEqual(['by Thursday']);
    for (const { id } of (await given.inside.stored()).destinations)
      await given.inside.call('removeDestination', { id });
  });

  it('given the address of our frame, when the page embeds it itself, then it stays blank and asks for nothing', async () => {
    const review = await openHostile(given, spy);
    await openEditor(review, 'c');
    const address = await review.toolbar.evaluate((root) => (root.querySelector('iframe') as HTMLIFrameElement).src);
    const tab = await given.open(given.chats.url('deep-chat', 'warranty'));
    await tab.document.evaluate((root, source) => {
      const frame = document.createElement('iframe');
      frame.src = source;
      frame.addEventListener('load', () => {
        for (const token of ['', 'x'.repeat(43), null])
          frame.contentWindow?.postMessage({ countersign: 'claim', token }, '*');
        document.title = 'frame loaded';
      });
      (root.querySelector('main') as Element).before(frame);
    }, address);
    await until('the frame has loaded', () => tab.document.evaluate(() => document.title === 'frame loaded'));
    const stolen = await until('the frame is there', () => tab.editor());
    const text = await stolen.evaluate((root) => (root as Document).body.textContent ?? '');
    expect(text.replace(/\s+/g, ' ')).not.toMatch(/Correction|Thursday|Approve/);
    // Ours goes on as if nothing had been.
    await review.tab.bringToFront();
    await review.editor.fill('Comment', 'Still mine');
    expect((await review.editor.get('textbox', 'Comment')).value).toBe('Still mine');
  });

  it('given an open editor, when the page sends messages to and navigates every window it can name, then the editor stays as it was', async () => {
    const review = await openHostile(given, '');
    await openEditor(review, 'c');
    await review.editor.fill('Comment', 'Keep this');
    const windows = await asPage(review)(() => {
      for (let index = 0; index < window.frames.length; index += 1) {
        window.frames[index]?.postMessage({ countersign: 'claim', token: 'forged' }, '*');
        try {
          (window.frames[index] as Window).location.href = 'about:blank';
        } catch {
          // Not allowed: good.
        }
      }
      return window.frames.length;
    });
    expect(windows).toBe(0);
    expect((await review.editor.get('textbox', 'Comment')).value).toBe('Keep this');
  });

  it('given a page that looks at its own storage, when the extension was used, then nothing was added there', async () => {
    const review = await openHostile(given, '');
    const look = () =>
      asPage(review)(async () => ({
        databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
        keys: Object.keys(localStorage).filter((key) => !key.startsWith('chat:')),
        session: Object.keys(sessionStorage),
        caches: await caches.keys(),
        cookies: document.cookie,
      }));
    const before = await look();
    await onlyHonestReviewCounts(given, review);
    expect(await look()).toEqual(before);
    expect(before).toEqual({ databases: [], keys: [], session: [], caches: [], cookies: '' });
  });
});
