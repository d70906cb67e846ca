/** What a press of the toolbar does, from the pointer and from the keyboard. */
import type { Command, OfferCommand } from '../../components/toolbar/view.ts';
import type { Response } from '../../utils/detection/types.ts';
import type { Extension } from '../../utils/handover.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { ContentCalls, EditorSession } from '../../utils/messaging/contract.ts';
import { uuidv7 } from '../../utils/review/ids.ts';
import type { Variant, Verdict } from '../../utils/review/schema.ts';
import { type Book, type Entry, viewOf } from './book.ts';
import type { EditorPanel } from './editor-panel.ts';
import type { Findings } from './findings.ts';
import type { Follow } from './follow.ts';
import { isUnchanged, type JudgeParts, objection, type Press, type Ruling, rule, type Take } from './judge.ts';
import { AFTER_TYPING_MS, actionOf, isKey, isTyping, pressOf } from './keys.ts';
import type { Offers } from './offers.ts';
import { draftOf, type Saver } from './save.ts';
import { seenTextOf } from './snapshot.ts';

interface CommandParts extends JudgeParts {
  readonly call: Call<ContentCalls>;
  readonly follow: Follow;
  readonly panel: EditorPanel;
  readonly saver: Saver;
  readonly offers: Pick<Offers, 'answer'>;
  readonly book: Pick<Book, 'get'>;
  readonly findings: Pick<Findings, 'link' | 'locate'>;
  /** What is selected on the page, if it has text. */
  readonly selected: () => Range | null;
  /** Other answers to the same prompt. */
  readonly variantsOf: (response: Response) => readonly Variant[];
  readonly rootOf: Extension['rootOf'];
}

export interface Commands {
  onTouch(command: Command, event: PointerEvent): void;
  onPress(command: Command, event: MouseEvent): void;
  onMark(entry: Entry, event: MouseEvent): void;
  /** Opens the editor on an entry because the reviewer asked for it outside of the toolbar. */
  review(entry: Entry): void;
  onKeyDown(event: KeyboardEvent): void;
  onKeyUp(event: KeyboardEvent): void;
  /** The host was put back and the frame in it is empty: opens the editor again. */
  reopenEditor(): void;
}

/** How long the toolbar may take to follow a step to another answer, in ms; a key pressed meanwhile is not for the old one. */
const STEP_MS = 500;

/** Commands that are about the answer's text, so that it has to be captured. */
const capturing = /^(?:approve|unsure|correct|more|compare|aside|pin|help|plain|label:.*)$/;
const whileWriting = /^(?:help|more|undo|dismiss|retry|why|back)$/;
const offering = /^(?:yes|no|later)$/;

/** Commands that open the editor, and with what it begins. */
const openings = {
  correct: 'correction',
  more: 'verdict',
  finding: 'finding',
  compare: 'compare',
  help: 'help',
} as const satisfies Partial<Record<Command, EditorSession['startWith']>>;
type Opening = keyof typeof openings;
const isOpening = (command: Command): command is Opening => Object.hasOwn(openings, command);

export function createCommands(parts: CommandParts): Commands {
  const { surface, stage, page, call, follow, panel, saver, offers, book, findings, selected, rootOf } = parts;
  let armed: { readonly command: Command; readonly entry: Entry; readonly ruling: Ruling | null } | null = null;
  let edited: { readonly take: Take; readonly command: Opening } | null = null;
  let typedAt = Number.NEGATIVE_INFINITY;
  let step = { to: '', at: Number.NEGATIVE_INFINITY };
  const swallowed = new Set<string>();

  /** The command that a retry stands for, if it does not resend a draft. */
  const meant = (command: Command, { setback }: Entry): Command =>
    command === 'retry' && typeof setback?.retry === 'string' ? setback.retry : command;
  const captured = (command: Command, entry: Entry, press: Press): Ruling | null =>
    capturing.test(meant(command, entry)) ? rule(parts, entry, press) : objection(parts, press);

  async function edit(take: Take, command: Opening, range: Range | null = null) {
    const { entry, snapshot, visibility } = take;
    const { response } = entry;
    if (!response) return;
    edited = { take, command };
    const answer = await call('openEditor', {
      ...{ responseKey: entry.mark?.responseKey ?? entry.key, snapshot, startWith: openings[command], visibility },
      ...(range ? { selection: await findings.locate(response, snapshot.text, range) } : {}),
      variants: parts.variantsOf(response),
    });
    const opening = answer.ok
      ? panel.open(entry.key, answer.value.token, stage.boxOf(entry), findings.link(response, snapshot.text))
      : null;
    stage.place();
    const failure = answer.ok ? await opening : answer.error;
    if (failure) entry.setback = { failure, retry: command };
    stage.draw();
  }

  async function answerOffer(entry: Entry, command: OfferCommand) {
    if (!entry.response) return;
    const failure = await offers.answer(entry.response, command);
    entry.asksWhy = false;
    if (failure) entry.setback = { failure, retry: command };
    stage.draw();
  }

  function resend(entry: Entry) {
    const draft = entry.setback?.retry;
    if (!draft || typeof draft === 'string') return;
    const { mark } = entry;
    const isStale = entry.setback?.failure.code === 'conflict' && mark;
    void saver.save(entry, isStale ? { ...draft, id: mark.reviewId, basedOn: mark.revision, saveId: uuidv7() } : draft);
  }

  /** Tells the background of the answer, and says what became of it. */
  async function keep({ entry, snapshot }: Take, command: 'aside' | 'pin') {
    const body = { responseKey: entry.key, snapshot };
    const answer = command === 'pin' ? await call('pin', body) : await call('setAside', body);
    if (!answer.ok) entry.setback = { failure: answer.error, retry: command };
    else if ('count' in answer.value) stage.say(`Pinned to compare · ${answer.value.count} pinned`);
    else stage.say(answer.value.aside ? 'Set aside for later' : 'No longer set aside');
    stage.draw();
  }

  /** Points at what is selected of an answer, or opens the editor where something can be; answers whether there was anything to do. */
  function mark(press: Press): boolean {
    const range = selected();
    const response = range && parts.detector.responseAt(range.startContainer);
    const entry = response?.asserted ? book.get(response.key) : null;
    if (panel.key) {
      if (range && response?.key === panel.key) void panel.link?.select(range);
      return range !== null;
    }
    const active = entry ?? stage.active();
    if (!active?.response?.asserted) return false;
    if (entry) {
      // What is selected has been looked at, wherever the toolbar was.
      active.seenText = seenTextOf(active.response);
      follow.choose(active.key);
    }
    const ruling = rule(parts, active, press);
    if (typeof ruling === 'string') stage.say(ruling);
    else if (!active.response.settled) stage.say('Answer still being written. More judges it as it is.');
    else if (!active.saving) void edit(ruling, 'finding', entry ? range : null);
    return true;
  }

  function judge(take: Take, verdict: Verdict, labels: readonly string[] = []) {
    const { entry } = take;
    void saver.save(entry, draftOf(entry, { ...take, verdict, labels })).then(() => {
      // The rubric asks for more than one key can say; what was said is kept as a draft, and the editor asks for the rest.
      if (entry.setback?.failure.code !== 'incomplete') return;
      entry.setback = null;
      void edit(take, 'more');
    });
  }

  function run(given: Command, entry: Entry, ruling: Ruling | null) {
    const command = meant(given, entry);
    if (viewOf(entry, Date.now()).kind === 'writing' && !whileWriting.test(command)) {
      return stage.say('Answer still being written. More judges it as it is.');
    }
    if (entry.saving) return;
    if (typeof ruling === 'string') return stage.say(ruling);
    if (command === 'reject') entry.choosingReason = true;
    else if (command === 'why') entry.asksWhy = true;
    else if (command === 'back') Object.assign(entry, { choosingReason: false, asksWhy: false });
    else if (offering.test(command)) void answerOffer(entry, command as OfferCommand);
    else if (command === 'dismiss') entry.setback = null;
    else if (command === 'retry') resend(entry);
    else if (command === 'undo') saver.undo(entry);
    else if (ruling) {
      if (isOpening(command)) void edit(ruling, command);
      else if (command === 'aside' || command === 'pin') void keep(ruling, command);
      else if (command === 'approve' || command === 'unsure') judge(ruling, command);
      else judge(ruling, 'reject', command === 'plain' ? [] : [command.slice('label:'.length)]);
    }
    if (command === 'reject') entry.setback = null;
    stage.draw();
  }

  /** The command of a key while the toolbar stands at `entry`; null where the key is not ours. */
  function commandOf(event: KeyboardEvent, entry: Entry, isSingle: boolean): Command | 'next' | 'previous' | null {
    if (entry.choosingReason) {
      const label = page().labels.find((_, index) => index < 9 && isKey(event, `${index + 1}`));
      if (label) return `label:${label.id}`;
      if (isSingle && event.key === 'Enter') return 'plain';
    }
    const isOffer = entry.response?.asserted === false;
    if (isSingle && event.key === 'Escape') {
      if (entry.setback) return 'dismiss';
      return entry.choosingReason || entry.asksWhy ? 'back' : isOffer ? 'later' : null;
    }
    const action = actionOf(event, page().keys);
    if (!isOffer || action === 'next' || action === 'previous') return action;
    if (isSingle && isKey(event, 'y')) return 'yes';
    if (isSingle && isKey(event, 'n')) return 'no';
    // Nothing is judged before it is known to be an answer.
    return action === 'undo' ? action : action === 'more' ? 'why' : null;
  }

  return {
    onTouch(command, event) {
      const entry = stage.active();
      armed = null;
      if (!event.isTrusted || event.button !== 0 || !entry) return;
      const ruling = captured(command, entry, 'pointer');
      armed = { command, entry, ruling };
      // The toolbar may have moved from under the pointer by the time that it is released.
      if (typeof ruling === 'string') stage.say(ruling);
    },
    onPress(command, event) {
      const entry = stage.active();
      // The second click of a double click is none of its own.
      if (!event.isTrusted || event.detail > 1 || !entry) return;
      if (event.detail === 0 && command === 'finding') return void mark('single');
      if (event.detail === 0) return run(command, entry, captured(command, entry, 'single'));
      const touch = armed;
      armed = null;
      if (touch?.command !== command || touch.entry !== entry) return stage.say('Just moved. Press again.');
      const isSame = typeof touch.ruling === 'string' || !touch.ruling || isUnchanged(entry);
      if (command === 'finding' && typeof touch.ruling !== 'string') return void mark('pointer');
      run(command, entry, isSame ? touch.ruling : 'The answer just changed. Look again.');
    },
    onMark(entry, event) {
      if (!event.isTrusted || event.detail > 1 || !entry.response) return;
      this.review(entry);
    },
    review(entry) {
      if (!entry.response) return;
      entry.seenText = seenTextOf(entry.response);
      const ruling = rule(parts, entry, 'chord');
      follow.choose(entry.key);
      if (typeof ruling === 'string') stage.say(ruling);
      else void edit(ruling, 'more');
    },
    onKeyDown(event) {
      if (!event.isTrusted || event.isComposing || event.keyCode === 229) return;
      const consume = () => {
        event.preventDefault();
        event.stopImmediatePropagation();
        swallowed.add(event.code);
      };
      if (event.repeat) {
        if (swallowed.has(event.code)) consume();
        return;
      }
      const isOwn = event.composedPath()[0] === surface.host;
      const press = pressOf(event, page().chord);
      if (!isOwn && isTyping(event, rootOf)) {
        typedAt = event.timeStamp;
        if (press !== 'chord') return;
      }
      if (!press) return;
      const isSingle = press === 'single';
      if (isSingle && !isOwn && (!page().singleKeys || event.timeStamp - typedAt < AFTER_TYPING_MS)) return;
      // Enter and Space belong to the button that has the focus.
      if (isOwn && (event.key === 'Enter' || event.key === ' ') && surface.root.activeElement?.localName === 'button')
        return;
      const entry = stage.active();
      const command = entry ? commandOf(event, entry, isSingle) : actionOf(event, page().keys);
      if (command === 'finding') {
        if (mark(press)) consume();
        return;
      }
      if (command === 'next' || command === 'previous') {
        const neighbor = follow.neighbor(command === 'next' ? 1 : -1);
        if (!neighbor) return;
        consume();
        neighbor.element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
        step = { to: neighbor.key, at: event.timeStamp };
        return follow.choose(neighbor.key);
      }
      if (!command || !entry || (command === 'undo' && !saver.undoable(entry))) return;
      consume();
      const isBehind = entry.key !== step.to && event.timeStamp - step.at < STEP_MS;
      run(command, entry, isBehind ? 'Just moved. Press again.' : captured(command, entry, press));
    },
    onKeyUp(event) {
      if (event.isTrusted && swallowed.delete(event.code)) event.stopImmediatePropagation();
    },
    reopenEditor() {
      if (panel.key && edited) void edit(edited.take, edited.command);
    },
  };
}
