/** What a reviewer does on a chat, in steps that specs and the tour share. */
import type { Ui } from './browser/ui.ts';
import type { Chat } from './chat.ts';

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
