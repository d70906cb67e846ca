/** What a reviewer does on a chat, in steps that specs and the tour share. */
import { until } from './browser/poll.ts';
import type { Tab } from './browser/types.ts';
import type { Ui } from './browser/ui.ts';
import type { Chat } from './chat.ts';
import { keysGoTo } from './keys.ts';

interface OnChat {
  readonly chat: Chat;
  readonly toolbar: Ui;
}

/** Asks, waits until `end` of the answer is there and the toolbar offers to judge it, with the mouse on the answer. */
export async function askAndPoint({ chat, toolbar }: OnChat, question: string, end: string): Promise<void> {
  await chat.ask(question);
  await chat.answer(end);
  await chat.leaveComposer();
  await chat.pointAt(end);
  await toolbar.get('button', 'Approve');
}

/** Opens the editor on the active answer by its key (`c` to correct, `m` for more), and waits until it can be used. */
export async function openEditor(
  { tab, toolbar, editor }: OnChat & { readonly tab: Tab; readonly editor: Ui },
  key: 'c' | 'm',
): Promise<void> {
  await toolbar.get('button', 'Correct');
  await tab.page.keyboard.press(key);
  await editor.get('textbox', 'Correction');
  await until('the editor has the height it asked for', () =>
    toolbar.evaluate((root) => root.querySelector('.panel')?.getAttribute('data-state') === 'open'),
  );
  await keysGoTo(editor);
}

/** Approves the answer about order 4417, which stands in that conversation from the start. */
export async function approveOrder({ chat, tab, toolbar }: OnChat & { readonly tab: Tab }): Promise<void> {
  await chat.pointAt('by Thursday');
  await toolbar.get('button', 'Approve');
  await tab.page.keyboard.press('a');
  await toolbar.shows('Approved · Saved on this computer');
}
