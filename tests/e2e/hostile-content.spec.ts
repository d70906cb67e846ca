/** Answers that lie, hide, flood or carry markup: what is stored is what was seen, and it is only ever text. */
import { expect, it } from 'vitest';
import { SNAPSHOT_TEXT_LIMIT } from '../../utils/review/limits.ts';
import { until } from '../support/browser/poll.ts';
import { overlayOf, pageOf } from '../support/browser/ui.ts';
import { inEachBrowser } from '../support/given.ts';
import { htmlPage, thread } from '../support/hostile.ts';

inEachBrowser('hostile answers', (given) => {
  const openPage = async (body: string, head = '', path = '/hostile') => {
    given.chats.serve(path.replace(/[?#].*/, ''), { html: htmlPage(body, head) });
    const tab = await given.open(`${given.chats.origin}${path}`);
    return { tab, toolbar: overlayOf(tab) };
  };

  it.for(['click', 'key'] as const)(
    'given a page that swaps the answer in the moment of the %s, when it is judged, then the other text is not what is stored',
    async (how) => {
      const { tab, toolbar } = await openPage(
        thread('The honest answer, which the reviewer has read.'),
        `<script>
        const swap = () => { document.querySelector('.cs-message--incoming .cs-message__content').textContent = 'Swapped text that nobody has read.'; };
        for (const type of ['pointerdown', 'mousedown', 'keydown']) addEventListener(type, swap, true);
      </script>`,
      );
      await toolbar.get('button', 'Approve');
      await (how === 'click' ? toolbar.click('button', 'Approve') : tab.page.keyboard.press('a'));
      // Whatever the reviewer is told, it is not that something was saved.
      await until('the page has swapped the text', () =>
        tab.document.evaluate((root) =>
          root.querySelector('.cs-message--incoming')?.textContent?.startsWith('Swapped'),
        ),
      );
      await toolbar.shows(/changed|moved|Saved|being written/);
      for (const { review } of (await given.inside.stored()).revisions)
        expect(review.snapshot.text).toBe('The honest answer, which the reviewer has read.');
    },
  );

  it('given 5,000 answers of which 4,900 are hidden, when the page is open, then the overlay stays small and judges none that is hidden', async () => {
    const hidden = [
      'display:none',
      'visibility:hidden',
      'opacity:0',
      'position:absolute;left:-9999px',
      'width:1px;height:1px;overflow:hidden',
    ];
    const { tab, toolbar } = await openPage(
      `${thread('The first answer that can be seen.')}<div id="flood"></div>`,
      `<script>addEventListener('DOMContentLoaded', () => {
        const styles = ${JSON.stringify(hidden)};
        const list = document.querySelector('.cs-message-list');
        for (let index = 0; index < 5000; index += 1) {
          const section = document.createElement('section');
          section.className = 'cs-message cs-message--incoming';
          section.setAttribute('aria-label', 'Assistant');
          section.innerHTML = '<div class="cs-message__content">Fake answer ' + index + '</div>';
          if (index % 50) section.setAttribute('style', styles[index % styles.length]);
          list.append(section);
        }
      })</script>`,
    );
    // The newest answers are far below, so the toolbar waits until one in view is pointed at.
    const point = async () => {
      await tab.page.mouse.move(60, 2);
      await tab.page.mouse.move(60, 35);
      return toolbar.find('button', 'Approve');
    };
    await until('the toolbar stands at the answer under the mouse', point, { timeoutMs: 60_000, everyMs: 500 });
    expect(await toolbar.evaluate((root) => root.querySelectorAll('*').length)).toBeLessThan(200);
    // The page still answers at once.
    const ms = await tab.document.evaluate(async () => {
      const started = performance.now();
      await new Promise((resolve) => setTimeout(resolve));
      return performance.now() - started;
    });
    expect(ms).toBeLessThan(1_000);
    await tab.page.keyboard.press('a');
    await toolbar.shows(/Saved on this computer|hidden/);
    for (const { review } of (await given.inside.stored()).revisions) {
      const number = /^Fake answer (\d+)$/.exec(review.snapshot.text)?.[1];
      expect(number === undefined || Number(number) % 50 === 0, review.snapshot.text).toBe(true);
    }
  });

  it('given an answer of one megabyte, when it is judged, then it is stored up to the limit and says so', async () => {
    const { tab, toolbar } = await openPage(
      thread('x'),
      `<script>addEventListener('DOMContentLoaded', () => {
        // A character of two code units stands across the limit.
        const start = 'word '.repeat(39999) + 'four' + '\\u{1f600}';
        document.querySelector('.cs-message--incoming .cs-message__content').textContent = start + ' and more words'.repeat(60000);
      })</script>`,
    );
    await toolbar.get('button', 'Approve');
    await tab.page.keyboard.press('a');
    await toolbar.shows('Approved · Saved on this computer');
    const [row] = await given.inside.revisions(1);
    const snapshot = row?.review.snapshot;
    expect(snapshot?.truncated).toBe(true);
    expect(snapshot?.length).toBeGreaterThan(1_000_000);
    expect(snapshot?.text.length).toBe(SNAPSHOT_TEXT_LIMIT - 1);
    expect(snapshot?.text.isWellFormed()).toBe(true);
  });

  it('given an answer, a title and a question full of markup, when they are shown in the workbench, then they are text', async () => {
    const markup = `<img src="${given.chats.origin}/stolen.png" onerror="document.title='owned'"><script>document.title='owned'</script>[x](javascript:alert(1))<svg onload="alert(1)">`;
    const escaped = markup.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const { tab, toolbar } = await openPage(thread(escaped), `<title>${escaped}</title>`);
    await toolbar.get('button', 'Approve');
    await tab.page.keyboard.press('a');
    await toolbar.shows('Approved · Saved on this computer');
    const [row] = await given.inside.revisions(1);
    expect(row?.review.snapshot.text).toBe(markup);

    const workbench = await given.openExtension('workbench.html');
    await pageOf(workbench).click('option', /img src/);
    await pageOf(workbench).shows('Question 1');
    const seen = await workbench.document.evaluate((root) => ({
      title: (root as Document).title,
      images: Array.from(root.querySelectorAll('img'), (image) => image.src).filter((source) => /stolen/.test(source)),
      links: Array.from(root.querySelectorAll('a'), (link) => link.href).filter((href) => /^javascript:/.test(href)),
      literal: (root as Document).body.textContent?.includes('<img src=') ?? false,
    }));
    expect(seen).toMatchObject({ images: [], links: [], literal: true });
    expect(seen.title).not.toBe('owned');
    expect(given.chats.requests.filter((request) => request.includes('stolen'))).toEqual([]);
  });

  it('given an answer of bidi marks, joined emoji, zero-width and control characters, when it is judged, then nothing of it is lost', async () => {
    const text = 'a\u202eb\u2066c\u2069 👩‍👩‍👧‍👦 zero\u200bwidth e\u0301 Z\u0335\u0321a\u0321l\u0321go \u{10ffff}';
    const { tab, toolbar } = await openPage(thread(text));
    await toolbar.get('button', 'Approve');
    await tab.page.keyboard.press('a');
    await toolbar.shows('Approved · Saved on this computer');
    const [row] = await given.inside.revisions(1);
    expect(row?.review.snapshot.text).toBe(text);
  });

  it('given an address with a token and a fragment, when an answer is judged, then only the path is stored', async () => {
    const { tab, toolbar } = await openPage(thread('An answer.'), '', '/hostile?token=SECRET-q1#SECRET-f1');
    await toolbar.get('button', 'Approve');
    await tab.page.keyboard.press('a');
    await toolbar.shows('Approved · Saved on this computer');
    const [row] = await given.inside.revisions(1);
    expect(row?.review.snapshot.pageUrl).toBe(`${given.chats.origin}/hostile`);
    expect(JSON.stringify(await given.inside.stored())).not.toMatch(/SECRET-[qf]1/);
  });

  it('given a thread that grows by 10,000 nodes, when they arrive, then the page is not held up', async () => {
    const { tab, toolbar } = await openPage(thread('An answer.'));
    await toolbar.get('button', 'Approve');
    const longest = await tab.document.evaluate(async (root) => {
      const list = root.querySelector('.cs-message-list') as Element;
      let worst = 0;
      let last = performance.now();
      for (let batch = 0; batch < 100; batch += 1) {
        for (let index = 0; index < 100; index += 1) {
          const paragraph = document.createElement('p');
          paragraph.textContent = `Row ${batch}-${index}`;
          list.append(paragraph);
        }
        await new Promise((resolve) => setTimeout(resolve, 0));
        worst = Math.max(worst, performance.now() - last);
        last = performance.now();
      }
      return worst;
    });
    expect(longest).toBeLessThan(1_000);
    await until('the overlay still works', () => toolbar.find('button', 'Approve'));
  });
});
