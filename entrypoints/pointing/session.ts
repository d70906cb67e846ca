/**
 * One use of the picker, from pointing to keeping: what each command does to it. Knows the page's elements and nothing
 * of how it is drawn.
 */
import type { PickerCommand, PickerView, Place } from '../../components/picker/view.ts';
import type { Detector, Response } from '../../utils/detection/types.ts';
import type { Extension } from '../../utils/handover.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { ContentCalls } from '../../utils/messaging/contract.ts';
import { elementAt, holds } from '../../utils/page/surroundings.ts';
import type { Beginning, Undo } from '../../utils/parts.ts';
import { beside, candidatesIn, climb, descend, messageAround } from './candidates.ts';
import { type Choice, keep } from './keeping.ts';
import { at, byAuthor, type Ladder, ladderFor, type Rung } from './proposing.ts';

/** How long what was kept can be taken back, in ms; and how long a last word stands. */
const UNDO_MS = 8_000;
const LAST_WORD_MS = 2_500;
/** The script that derives rules may have to be loaded first: how long it is waited for, and how often asked, in ms. */
const LOOK_MS = 6_000;
const LOOK_EACH_MS = 100;
/** Most matches that are outlined at once. */
const MOST_OUTLINED = 200;
const TEXT_LIMIT = 140;

export interface SessionParts {
  readonly detector: Pick<Detector, 'propose' | 'preview' | 'include' | 'authors'>;
  readonly call: Call<ContentCalls>;
  /** The overlay's own element. */
  readonly overlay: Element;
  readonly rootOf: Extension['rootOf'];
  /** The view may be another one. */
  readonly onChange: () => void;
  /** The reviewer said that it is an answer, without any rule. */
  readonly onIncluded: (response: Response) => void;
  /** The other documents of the tab need not point any more. */
  readonly onTaken: () => void;
  readonly onLeave: () => void;
}

export interface PickSession {
  obey(command: PickerCommand): void;
  /** Read anew each time: the page scrolls and moves. */
  view(): PickerView;
  /** Nothing was pointed at yet. */
  isFresh(): boolean;
  /** What the picker stands at, to fit its colors to. */
  anchor(): Element;
  end(): void;
}

const placeOf = (element: Element): Place => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left: Math.round(left), top: Math.round(top), width: Math.round(width), height: Math.round(height) };
};
const isInView = ({ top, left, width, height }: Place) =>
  width > 0 && top < innerHeight && top + height > 0 && left < innerWidth && left + width > 0;
const beginning = (element: Element) =>
  (element.textContent ?? '').slice(0, 2_000).replace(/\s+/g, ' ').trim().slice(0, TEXT_LIMIT).toWellFormed();
const answers = (count: number) => (count === 1 ? '1 answer' : `${count} answers`);

/** The nearest element around a point that can still scroll that way. */
function scrollerAt(element: Element | null, dy: number): Element | null {
  for (let node = element; node; node = climb(node)) {
    const room = dy > 0 ? node.scrollHeight - node.clientHeight - node.scrollTop : node.scrollTop;
    if (room > 1 && /auto|scroll/.test(getComputedStyle(node).overflowY)) return node;
  }
  return document.scrollingElement;
}

export function createPickSession(parts: SessionParts, { example, kept: known }: Beginning = {}): PickSession {
  const { detector, call, overlay, rootOf, onChange, onIncluded, onTaken, onLeave } = parts;
  let kind: PickerView['kind'] = 'pointing';
  let pointed: Element | null = null;
  const examples: Element[] = [];
  let not: Element[] = [];
  let ladder: Ladder | null = null;
  let rung = 0;
  let looking: { readonly until: number; again: number } | null = null;
  let jumped: Element | null = null;
  let note: string | null = null;
  let busy = false;
  let words = '';
  let byPointer = false;
  let undo: Undo | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const now = (): Rung | null => ladder?.rungs[rung] ?? null;
  const elementOf = (x: number, y: number) => elementAt(x, y, overlay, rootOf);

  /** Looks for rules again; answers false, and leaves all as it was, where there is none. */
  function propose(nextNot = not): boolean {
    const next = ladderFor(detector, examples, nextNot);
    if (!next && (ladder || nextNot.length > 0)) return false;
    ladder = next;
    not = nextNot;
    rung = next?.start ?? 0;
    jumped = null;
    return true;
  }

  function take(element: Element) {
    examples.push(element);
    note = null;
    if (!propose()) {
      examples.pop();
      note = 'No rule fits both. The first example stays.';
    } else if (!ladder) {
      const start = performance.now();
      looking = { until: start + LOOK_MS, again: start + LOOK_EACH_MS };
    }
    kind = 'choosing';
    if (examples.length === 1) onTaken();
  }

  function lookAgain() {
    const time = performance.now();
    if (!looking || time < looking.again) return;
    looking.again = time + LOOK_EACH_MS;
    propose();
    if (!ladder && time < looking.until) return;
    looking = null;
    if (!ladder) note = 'Nothing tells it apart from the rest of the page. It can still be reviewed by itself.';
  }

  function select(element: Element | null) {
    const found = element && now()?.answers.find((each) => holds(each.element, element));
    jumped = found ? found.element : null;
    note = null;
  }

  function jump(step: 1 | -1) {
    const list = now()?.answers ?? [];
    if (list.length === 0) return;
    const here = list.findIndex(({ element }) => element === (jumped ?? examples[0]));
    jumped = (list[(here + step + list.length) % list.length] as { element: Element }).element;
    jumped.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    note = null;
  }

  function exclude() {
    if (!jumped) note = 'First go to the one that is no answer.';
    else if (examples.includes(jumped)) note = 'This is your example.';
    else note = propose([...not, jumped]) ? null : 'No rule leaves that one out. Try Fewer.';
  }

  function goTo(element: Element | null | undefined) {
    if (!element) return;
    pointed = element;
    element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }

  /** The candidate nearest to what is outlined, `step` further; the newest in view to begin with. */
  function candidate(step: 1 | -1 | 0): Element | null {
    const list = candidatesIn(document, overlay, rootOf);
    if (!pointed) return list.findLast((element) => isInView(placeOf(element))) ?? list.at(-1) ?? null;
    const from = pointed;
    const here = list.indexOf(from);
    if (here >= 0) return list[(here + step + list.length) % list.length] ?? null;
    const after = list.findIndex((e) => (from.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
    return list[step === 1 ? Math.max(after, 0) : (after < 0 ? list.length : Math.max(after, 1)) - 1] ?? null;
  }

  /** Whose message the example is, how many of them there are, and what keeping them takes. */
  function authorOf(): { readonly name: string; readonly count: number; readonly choice: Choice } | null {
    const example = examples[0] as Element;
    for (const { name, site, elements } of detector.authors()) {
      if (!elements.some((each) => holds(each, example) || holds(example, each))) continue;
      return { name, count: elements.length, choice: { rule: null, author: { site, name, is: 'assistant' } } };
    }
    const found = now();
    const name = found && at(found.all, example)?.author;
    const rule = name ? byAuthor(found.rule) : null;
    if (!name || !rule) return null;
    const count = detector.preview(rule).filter(({ author }) => author === name).length;
    return { name, count, choice: { rule, author: { site: window.origin, name, is: 'assistant' } } };
  }
  let author: ReturnType<typeof authorOf> = null;
  let authorOfRung: Rung | null | undefined;
  /** Read once for each rule: the view is asked for in every frame. */
  function knownAuthor() {
    if (authorOfRung !== now()) author = authorOf();
    authorOfRung = now();
    return author;
  }

  function sayKept(said: string, back: Undo | null) {
    kind = 'kept';
    words = said;
    undo = back;
    timer = setTimeout(onLeave, UNDO_MS);
  }

  async function keepAs(choice: Choice, said: string) {
    if (busy) return;
    busy = true;
    note = null;
    onChange();
    const kept = await keep(call, choice);
    busy = false;
    if ('failure' in kept) note = `${kept.failure.message} ${kept.failure.next}`;
    else sayKept(said, kept.undo);
    onChange();
  }

  async function takeBack() {
    const back = undo;
    undo = null;
    clearTimeout(timer);
    const failure = await back?.();
    words = failure ? `${failure.message} ${failure.next}` : 'Taken back. Nothing was kept.';
    timer = setTimeout(onLeave, failure ? UNDO_MS : LAST_WORD_MS);
    onChange();
  }

  function only() {
    const response = detector.include(jumped ?? (examples[0] as Element));
    if (!response) {
      note = 'There is no text in it.';
      return;
    }
    onLeave();
    onIncluded(response);
  }

  function whilePointing(command: PickerCommand) {
    switch (command.do) {
      case 'point': {
        const element = elementOf(command.x, command.y);
        if (element) pointed = messageAround(element);
        break;
      }
      case 'away':
        pointed = null;
        break;
      case 'take': {
        if (command.x !== undefined) whilePointing({ do: 'point', x: command.x, y: command.y ?? 0 });
        if (pointed) take(pointed);
        break;
      }
      case 'climb':
        goTo(pointed ? climb(pointed) : candidate(0));
        break;
      case 'descend':
        goTo(pointed ? descend(pointed, rootOf) : candidate(0));
        break;
      case 'beside':
        goTo(pointed ? beside(pointed, command.step) : candidate(0));
        break;
      case 'candidate':
        goTo(candidate(command.step));
        break;
      case 'leave':
        if (examples.length === 0) onLeave();
        else kind = 'choosing';
    }
  }

  function whileChoosing(command: PickerCommand) {
    const found = now();
    byPointer = 'byPointer' in command && command.byPointer === true;
    switch (command.do) {
      case 'take':
        if (command.x !== undefined) select(elementOf(command.x, command.y ?? 0));
        break;
      case 'narrower':
        rung = Math.max(0, rung - 1);
        break;
      case 'wider':
        rung = Math.min((ladder?.rungs.length ?? 1) - 1, rung + 1);
        break;
      case 'jump':
        jump(command.step);
        break;
      case 'another':
        kind = 'pointing';
        pointed = null;
        break;
      case 'not':
        exclude();
        break;
      case 'keep':
        if (found && found.answers.length > 0) {
          const said = `Kept for this site. ${answers(found.answers.length)} on this page.`;
          void keepAs({ rule: found.rule, author: null }, said);
        }
        break;
      case 'author': {
        const whose = knownAuthor();
        if (whose) void keepAs(whose.choice, `Kept for this site: messages by ${whose.name} are AI answers.`);
        break;
      }
      case 'only':
        only();
        break;
      case 'leave':
        onLeave();
    }
  }

  if (known) {
    byPointer = true;
    sayKept(known.words, known.undo);
  } else if (example) take(example);
  else pointed = candidate(0);

  return {
    obey(command) {
      if (command.do === 'scroll') {
        const scroller = scrollerAt(elementOf(command.x, command.y), command.dy);
        scroller?.scrollBy({ left: command.dx, top: command.dy, behavior: 'instant' });
      } else if (kind === 'pointing') whilePointing(command);
      else if (kind === 'choosing' && !busy) whileChoosing(command);
      else if (command.do === 'undo' && undo) void takeBack();
      else if (command.do === 'leave' && kind === 'kept') onLeave();
      onChange();
    },
    view() {
      if (kind === 'kept') return { kind, words, undo: undo !== null, byPointer };
      if (kind === 'pointing') {
        if (pointed && !pointed.isConnected) pointed = null;
        const isMore = examples.length > 0;
        return { kind, more: isMore, place: pointed && placeOf(pointed), text: pointed ? beginning(pointed) : '' };
      }
      lookAgain();
      const list = now()?.answers ?? [];
      const here = jumped ? list.findIndex(({ element }) => element === jumped) : -1;
      const whose = knownAuthor();
      return {
        kind: 'choosing',
        anchor: placeOf(jumped ?? (examples.at(-1) as Element)),
        matches: list
          .map(({ element }) => placeOf(element))
          .filter(isInView)
          .slice(0, MOST_OUTLINED),
        count: list.length,
        looking: looking !== null,
        at: here < 0 ? null : here + 1,
        narrower: rung > 0,
        wider: rung + 1 < (ladder?.rungs.length ?? 0),
        not: not.length,
        author: whose && { name: whose.name, count: whose.count },
        note,
        busy,
      };
    },
    isFresh: () => examples.length === 0,
    anchor: () => jumped ?? examples[0] ?? pointed ?? document.body,
    end() {
      clearTimeout(timer);
    },
  };
}
