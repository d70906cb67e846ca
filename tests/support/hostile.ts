/** Pages that attack the overlay, around the real deep-chat or around a thread written by hand. */
import { expect } from 'vitest';
import { chatPage } from '../fixtures/chats/server.ts';
import { until } from './browser/poll.ts';
import type { Surface } from './browser/types.ts';
import type { Given, Review } from './given.ts';

/** Opens the conversation about order 4417 on a page of its own whose head holds `head`, and waits for the toolbar. */
export async function openHostile(
  given: Given,
  head: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Review> {
  given.chats.serve('/deep-chat/c/orders', { html: chatPage('deep-chat', head), headers });
  try {
    const review = await given.openChat('deep-chat', 'orders');
    await review.chat.pointAt('by Thursday');
    await review.toolbar.get('button', 'Approve');
    return review;
  } finally {
    given.chats.unserve('/deep-chat/c/orders');
  }
}

/** A chat as the chatscope kit marks it, without any script. */
export const thread = (...answers: readonly string[]) =>
  `<div class="cs-message-list">${answers
    .map(
      (answer, index) =>
        `<section class="cs-message cs-message--outgoing"><div class="cs-message__content">Question ${index + 1}</div></section>` +
        `<section class="cs-message cs-message--incoming" aria-label="Assistant"><div class="cs-message__content">${answer}</div></section>`,
    )
    .join('')}</div>`;

/** A whole page around `body`. */
export const htmlPage = (body: string, head = '') =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>${head}</head><body>${body}</body></html>`;

/**
 * Nothing was recorded by the attack: an honest approval afterwards is the only review that there is. Its message is
 * the last of the page's, so whatever the attack sent before it has been dealt with.
 */
export async function onlyHonestReviewCounts(given: Given, { tab, toolbar, chat }: Review): Promise<void> {
  await tab.bringToFront();
  await chat.pointAt('by Thursday');
  await toolbar.get('button', 'Approve');
  await tab.page.keyboard.down('Alt');
  await tab.page.keyboard.down('Shift');
  await tab.page.keyboard.press('KeyA');
  await tab.page.keyboard.up('Shift');
  await tab.page.keyboard.up('Alt');
  await until('the honest approval is stored', async () => (await given.inside.stored()).revisions.length > 0);
  const { revisions } = await given.inside.stored();
  expect(revisions.map(({ verdict, revision }) => ({ verdict, revision }))).toEqual([
    { verdict: 'approve', revision: 1 },
  ]);
}

/** Where a control of the overlay is, in the middle, in CSS px of the viewport. */
export async function middleOf(review: Review, name: string): Promise<{ x: number; y: number }> {
  const { box } = await review.toolbar.get('button', name);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Runs in the page's own world, as its scripts do. */
export const asPage = (review: Review): Surface['evaluate'] => review.tab.document.evaluate;
