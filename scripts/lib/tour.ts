/**
 * Plays the main job with trusted input and checks each step: approve an answer by one key, correct another in the editor,
 * close the browser, open it again, find both judgements on the page, and find both once in the collector.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatServer } from '../../tests/fixtures/chats/server.ts';
import { until } from '../../tests/support/browser/poll.ts';
import type { Session, Tab } from '../../tests/support/browser/types.ts';
import { editorOf, overlayOf, pageOf } from '../../tests/support/browser/ui.ts';
import { openChat } from '../../tests/support/chat.ts';
import { Inside } from '../../tests/support/extension.ts';
import { askAndPoint, openEditor } from '../../tests/support/judge.ts';
import { type ExportedEvent, type RunningCollector, readExport } from './collector.ts';

const right = 'as soon as we have booked it';
const wrong = 'off your refund';
const correction =
  'You can return any unworn item within 30 days of delivery.\n\nPack it in its original box and bring it to the nearest parcel shop. The return label is free.';

export interface TourParts {
  readonly chats: ChatServer;
  readonly collector: RunningCollector;
  /** Starts the browser; each time on the same profile. */
  readonly start: () => Promise<Session>;
  /** Folder for the screenshots. */
  readonly pictures: string;
  readonly say: (line: string) => void;
}

/** What is wrong with the export, in words; empty where it holds exactly the two judgements. */
function faults(events: readonly ExportedEvent[]): readonly string[] {
  const expected = [
    { verdict: 'approve', prompt: 'Where is my refund?', correction: null },
    { verdict: 'correct', prompt: 'Can I return my boots?', correction },
  ];
  const found = (each: (typeof expected)[number]) =>
    events.filter(({ event: { data } }) => {
      const { judgement, snapshot } = data;
      return (
        judgement.verdict === each.verdict &&
        judgement.correction === each.correction &&
        snapshot.prompt === each.prompt
      );
    }).length;
  return [
    ...expected
      .filter((each) => found(each) !== 1)
      .map((each) => `"${each.verdict}" of "${each.prompt}" is there ${found(each)} times instead of once`),
    ...(events.length === expected.length ? [] : [`the collector has ${events.length} events instead of 2`]),
    ...(new Set(events.map(({ event }) => event.id)).size === events.length
      ? []
      : ['an idempotency key is there twice']),
  ];
}

/** Plays the tour. Throws where a step does not come true. */
export async function playTour({ chats, collector, start, pictures, say }: TourParts): Promise<void> {
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  let count = 0;
  const done = async (tab: Tab, name: string, line: string) => {
    count += 1;
    const file = join(pictures, `${String(count).padStart(2, '0')}-${name}.png`) as `${string}.png`;
    await tab.page.screenshot({ path: file });
    say(`${count}. ${line}`);
  };

  let session = await start();
  try {
    const inside = await Inside.open(session);
    await inside.deliverTo({ url: collector.endpoint, token: collector.token });
    let chat = await openChat(session, chats, 'deep-chat');
    let toolbar = overlayOf(chat.tab);
    const editor = editorOf(chat.tab);
    await chat.focusComposer();
    await done(chat.tab, 'demo-chat', 'Opened the demo chat: deep-chat, with the extension switched on for it.');

    await askAndPoint({ chat, toolbar }, 'Where is my refund?', right);
    await done(chat.tab, 'answer', 'Asked for a refund; the answer has settled and can be judged.');

    await chat.tab.page.keyboard.press('a');
    await toolbar.shows('Approved · Saved on this computer');
    await done(chat.tab, 'approved', 'Pressed A: approved, and saved on this computer.');

    await askAndPoint({ chat, toolbar }, 'Can I return my boots?', wrong);
    await done(chat.tab, 'wrong-answer', 'Asked about returns; this answer is wrong in three places.');

    await openEditor({ chat, toolbar, editor, tab: chat.tab }, 'c');
    await done(chat.tab, 'editor', 'Pressed C: the editor opened with the answer in it.');

    await editor.fill('Correction', correction);
    await editor.click('button', 'Wrong');
    await editor.shows('Draft kept');
    await done(chat.tab, 'correction', 'Typed the right answer: the diff shows what changes.');

    await editor.click('button', 'Save');
    await editor.shows('Saved on this computer');
    await done(chat.tab, 'saved', 'Saved the correction on this computer.');

    await session.close();
    say('   Closed the browser.');
    session = await start();
    say('   Opened it again.');
    chat = await openChat(session, chats, 'deep-chat');
    toolbar = overlayOf(chat.tab);
    await chat.pointAt(right);
    await toolbar.shows('Your review: Approved');
    await toolbar.get('button', /^Your review: Corrected/);
    await chat.pointAt(wrong);
    await toolbar.shows('Your review: Corrected');
    await toolbar.get('button', /^Your review: Approved/);
    await done(chat.tab, 'after-restart', 'Both judgements are on the page again.');

    await (await Inside.open(session)).delivered(60_000);
    const workbench = await session.openExtension('workbench.html');
    await pageOf(workbench).shows('60 days of delivery');
    await pageOf(workbench).click('option', /60 days of delivery/);
    await pageOf(workbench).shows('Can I return my boots?');
    await done(workbench, 'workbench', 'Both are delivered; the workbench lists them.');

    const dark = await openChat(session, chats, 'deep-chat', 'new', { theme: 'dark' });
    await dark.pointAt(wrong);
    await overlayOf(dark.tab).shows('Your review: Corrected');
    await done(dark.tab, 'dark-page', 'The same conversation on a dark page.');
  } finally {
    await session.close();
  }

  const events = await until('the export is readable', () => readExport(collector));
  for (const { event } of events) say(`   ${event.data.judgement.verdict.padEnd(8)} ${event.id}`);
  const wrongs = faults(events);
  if (wrongs.length > 0) throw new Error(`The collector's export is not right: ${wrongs.join('; ')}`);
  say(`${count + 1}. Read the collector's export: both judgements are there, each exactly once.`);
}
