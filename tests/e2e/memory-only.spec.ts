/** Memory-only mode: all that is reviewed outlives the background, is delivered, and never touches the disk. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import { pageOf } from '../support/browser/ui.ts';
import { type Endpoint, startEndpoint } from '../support/endpoint.ts';
import { alone, type Given, inEachBrowser, type Review } from '../support/given.ts';
import { openEditor } from '../support/judge.ts';
import { filesWith } from '../support/profile-bytes.ts';

/** A word that nobody else has ever written: 20 random letters. */
const aWord = () => Array.from(randomBytes(20), (byte) => String.fromCharCode(97 + (byte % 26))).join('');

/** All that the session's memory holds, as text. */
const inMemory = (given: Given) =>
  given.inside.evaluate(async () => {
    type Session = { storage: { session: { get(keys: null): Promise<object> } } };
    const extension = globalThis as unknown as { browser?: Session; chrome: Session };
    return JSON.stringify(await (extension.browser ?? extension.chrome).storage.session.get(null));
  });

/** Puts a word at the end of the answer and of the prompt before it, as a page does that shows something confidential. */
async function sayOnPage({ chat }: Review, word: string): Promise<void> {
  await chat.tab.document.evaluate((root, said) => {
    const scope = root.querySelector('deep-chat')?.shadowRoot ?? root;
    for (const selector of ['.ai-message-text', '.user-message-text']) {
      const all = scope.querySelectorAll(selector);
      const last = all[all.length - 1]?.querySelector('p') ?? all[all.length - 1];
      last?.append(` ${said}`);
    }
  }, word);
}

describe('memory only', () => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(() => endpoint.close());

  inEachBrowser(
    'memory only',
    (given) => {
      /** Corrects the answer about order 4417, with a comment, and leaves a draft on the answer after it. */
      async function review(words: {
        said: string;
        corrected: string;
        comment: string;
        draft: string;
      }): Promise<Review> {
        const one = await given.openChat('deep-chat', 'orders');
        await one.chat.pointAt('by Thursday');
        await sayOnPage(one, words.said);
        await openEditor(one, 'c');
        await one.editor.fill('Correction', `By Friday, ${words.corrected}`);
        await one.editor.fill('Comment', `Because of ${words.comment}`);
        await one.editor.click('button', 'Save');
        await one.editor.shows(/Saved on this computer|Kept in memory/);
        await one.editor.fill('Comment', words.draft);
        // To its last letter: the editor says so of the first ones already.
        await until('the whole draft is kept', async () => {
          const kept = (await inMemory(given)) + JSON.stringify((await given.inside.stored()).drafts);
          return kept.includes(words.draft);
        });
        await one.editor.shows('Draft kept');
        return one;
      }
      const theWords = () => ({
        said: aWord(),
        corrected: aWord(),
        comment: aWord(),
        draft: aWord(),
      });

      it('given the mode, when the background dies, then all is there and delivered; when the browser closes, no byte of it is on the disk; and without the mode, all of it is', {
        timeout: 300_000,
      }, async () => {
        const page = pageOf(await given.openExtension('workbench.html#/privacy'));
        await page.click('button', 'Turn memory only on');
        await page.shows('On. Nothing is in memory.');
        await given.inside.deliverTo({ url: endpoint.url, sends: 'text' });

        const words = theWords();
        await review(words);
        await given.session.endBackground();
        await page.tab.bringToFront();
        await page.shows('On. In memory: 1 review and 1 draft, with 1 delivery still to be made.');
        const kept = await inMemory(given);
        for (const word of Object.values(words)) expect(kept).toContain(word);
        const onDisk = await given.inside.stored();
        expect([onDisk.revisions, onDisk.outbox, onDisk.drafts]).toEqual([[], [], []]);

        const { said, corrected, comment } = words;
        await until('the review is delivered', async () => {
          await given.inside.call('deliverNow', {});
          return endpoint.requests.some(({ body }) => [said, corrected, comment].every((word) => body.includes(word)));
        });
        await page.shows('On. In memory: 1 review and 1 draft.');
        expect(await seriousFindings(page.tab.document)).toEqual([]);

        expect(await filesWith(given.profile, Object.values(words))).toEqual([]);
        await given.session.close();
        expect(await filesWith(given.profile, Object.values(words))).toEqual([]);
        await given.restart('close');
        expect(await filesWith(given.profile, Object.values(words))).toEqual([]);
        expect(await inMemory(given)).not.toContain(said);
        const after = pageOf(await given.openExtension('workbench.html#/privacy'));
        await after.shows('On. Nothing is in memory.');

        // The same without the mode: the same look finds it, or it would prove nothing.
        await after.click('button', 'Turn memory only off');
        await after.shows('Turn memory only on');
        const control = theWords();
        await review(control);
        expect((await given.inside.stored()).revisions).toHaveLength(1);
        // A browser at work moves pages from its log into the database: who reads one file before and the other after, misses them.
        await given.session.close();
        const found = (await filesWith(given.profile, Object.values(control))).join();
        await given.restart('close');
        for (const word of Object.values(control)) expect(found).toContain(word);
      });

      it('given reviews on the disk, then the reviewer chooses what becomes of them, and of those in memory at the end', async () => {
        const { draft: _, ...words } = theWords();
        await review({ ...words, draft: aWord() });
        const page = pageOf(await given.openExtension('workbench.html#/privacy'));
        await page.click('button', 'Turn memory only on');
        await page.shows(/On the disk: 1 review and 1 draft.*\. What is kept there is out of sight/);
        expect(await seriousFindings(page.tab.document)).toEqual([]);
        await page.click('button', 'Delete it');
        await page.click('button', 'Delete it all');
        await page.shows('On. Nothing is in memory.');
        expect((await given.inside.stored()).revisions).toEqual([]);

        await review({ ...theWords(), said: 'kept' });
        await page.tab.bringToFront();
        await page.click('button', 'Turn memory only off');
        await page.shows(/In memory: 1 review and 1 draft.*\. Write that to the disk, or forget it\?/);
        await page.click('button', 'Write to the disk');
        await page.shows('Turn memory only on');
        await given.inside.revisions(1);
      });
    },
    alone,
  );
});
