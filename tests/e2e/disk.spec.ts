/** Acceptance test 64 with real disks: one that fills up while somebody judges, and one that damages the database's file. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { until } from '../support/browser/poll.ts';
import { pageOf } from '../support/browser/ui.ts';
import { damageDatabase } from '../support/damaged-database.ts';
import { alone, type Given, inEachBrowser } from '../support/given.ts';
import { approveOrder, openEditor } from '../support/judge.ts';
import { pressTogether } from '../support/keys.ts';
import { shot } from '../support/shots.ts';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';

/** ms. A disk on which everything fails is slow. */
const SLOW_MS = 120_000;

const trial = mountSmallDisk(1);
trial?.remove();
const disks: SmallDisk[] = [];

/** A profile on a disk of its own. */
async function onSmallDisk() {
  const disk = mountSmallDisk(400) as SmallDisk;
  disks.push(disk);
  const profile = join(disk.folder, 'profile');
  mkdirSync(profile);
  return { profile };
}

describe.skipIf(trial === null)('a disk that can be filled (mounting one takes root)', () => {
  afterAll(() => {
    for (const disk of disks) disk.remove();
  });

  inEachBrowser(
    'a full disk',
    (given) => {
      it('64: given a disk that is full, when a review is saved, it says "not saved" and keeps the words; with room again it is saved, and what was there before is', async () => {
        const disk = disks.at(-1) as SmallDisk;
        const review = await given.openChat('deep-chat', 'orders');
        await approveOrder(review);
        await openEditor(review, 'c');
        await review.editor.get('textbox', 'Comment');
        // More than what is left of the last block of a file.
        await review.editor.evaluate((root) => {
          const field = [...root.querySelectorAll('textarea')].find(
            (each) => each.labels[0]?.textContent === 'Comment',
          );
          field?.focus();
          document.execCommand('insertText', false, `One day later. ${'word '.repeat(4_000)}`);
        });
        await disk.fill();
        await pressTogether(review.tab, 'Control', 'Enter');
        await review.editor.shows('Not saved: the disk is full. Your text is still here.', SLOW_MS);
        await shot(review.tab, `disk-full-${given.browser}`);
        expect((await review.editor.get('textbox', 'Comment')).value).toMatch(/^One day later\. word/);

        disk.clear();
        await pressTogether(review.tab, 'Control', 'Enter');
        await review.editor.shows('Saved on this computer', SLOW_MS);
        const [first, second] = await given.inside.revisions(2);
        expect(first?.review.judgement.verdict).toBe('approve');
        expect(second?.review.judgement.comment).toMatch(/^One day later\. word/);
      });
    },
    onSmallDisk,
  );
});

/** What the extension noted of its database, beside it. */
const noted = (given: Given) =>
  given.inside.evaluate(async () => {
    type Local = { storage: { local: { get(name: string): Promise<{ database?: { reviews: number } }> } } };
    const { browser, chrome } = globalThis as unknown as { browser?: Local; chrome: Local };
    return (await (browser ?? chrome).storage.local.get('database')).database?.reviews ?? null;
  });

inEachBrowser(
  'a damaged disk',
  (given) => {
    it('64: given a database file that is damaged between two runs, then popup and workbench say what is gone and what helps, until the reviewer knows', async () => {
      await approveOrder(await given.openChat('deep-chat', 'orders'));
      await until('the next background has counted', async () => {
        await given.session.endBackground();
        await given.inside.call('dismissLoss', {});
        return (await noted(given)) === 1;
      });
      await given.session.close();
      expect(await damageDatabase(given.profile)).not.toEqual([]);
      await given.restart('close');

      const gone = /damaged or removed, and began an empty one\. 1 review \(when last counted, at .+\) is gone/;
      const popup = pageOf(await given.openExtension('popup.html'));
      await popup.shows(gone, SLOW_MS);
      await popup.get('link', 'Take a backup back');
      await shot(popup.tab, `lost-popup-${given.browser}`);
      const workbench = pageOf(await given.openExtension('workbench.html'));
      await workbench.shows(gone);
      await workbench.get('link', 'take it back under Privacy');
      await shot(workbench.tab, `lost-workbench-${given.browser}`);
      expect((await given.inside.stored()).revisions).toEqual([]);
      // It goes on from there.
      await approveOrder(await given.openChat('deep-chat', 'orders'));
      await workbench.tab.bringToFront();
      await workbench.click('button', 'I know');
      await until('it is not said any more', async () => !(await workbench.text()).includes('damaged or removed'));
      await given.inside.revisions(1);
    });
  },
  alone,
);
