/** Signs on single elements that say who wrote something: what the page declares, labels, names, class names. */
import { foldAuthor } from '../author-name.ts';
import { controls } from './reading.ts';
import { attributeSelector, classSelector, describe } from './selectors.ts';
import { identifierSays, labelSays, nameLimit, nameSays, type Side } from './words.ts';

export interface Mark {
  readonly side: Side;
  readonly kind: 'declared' | 'label' | 'class' | 'name';
  /** Selects the elements that carry the mark; where it is a name, those that carry any name. */
  readonly selector: string;
  readonly weight: number;
  /** What was read: an attribute with its value, a class name, a name. */
  readonly what: string;
}

/** How much each kind of sign weighs; documented in docs/detection-scores.md. */
const weights = {
  disclosed: 0.9,
  authorRole: 0.75,
  role: 0.6,
  testId: 0.4,
  label: 0.5,
  assistantClass: 0.4,
  class: 0.35,
} as const;

/** Attributes that exist to say who wrote something. */
const roleNames =
  /^data-(?:[\w-]+-)?(?:role|author|sender|from|speaker|by|who|turn|is-?bot|is-?ai|bot|ai|participant|author-?type|sender-?type)$/;
/** Attributes whose value names this one message, its model or its time, and no author. */
const particular = /(?:id|key|slug|model|url|href|src|time|date|index|name|value|path)$/;
const labels = new Set(['aria-label', 'alt', 'title', 'aria-roledescription']);
/** Parts of a chat that hold no message, whatever they are named after. */
const frame =
  /(?:header|title|footer|toolbar|input|composer|launcher|window|panel|widget|container-inner|list|form)s?$/i;
/** A bot is often a script: a picture of one says less than the word assistant. */
const bot = /bot|бот|بوت|روبوت|बॉट|বট|机器人|機器人|ボット/iu;
const nobody: ReadonlySet<string> = new Set();
const yes = /^(?:|true|1|yes)$/;

/** Where names stand. A heading shares its classes with much else. */
const nameSelector = (element: Element, isHeading: boolean): string => {
  const selector = describe(element);
  return isHeading && /^[.[]\S+$/.test(selector) ? `${element.localName}${selector}` : selector;
};

function declared(name: string, value: string): Omit<Mark, 'selector' | 'what'> | null {
  if (name === 'ai-disclosure' || name === 'data-ai-disclosure') {
    if (/^(?:ai-generated|autonomous)$/.test(value)) return { side: 'ai', kind: 'declared', weight: weights.disclosed };
    return value === 'none' ? { side: 'agent', kind: 'declared', weight: weights.disclosed } : null;
  }
  if (/^(?:itemprop|content|href)$/.test(name) || !name.startsWith('data-') || particular.test(name)) return null;
  if (/(?:^|-)(?:is-?)?(?:ai|bot|user|assistant)$/.test(name) && yes.test(value)) {
    const said = identifierSays(name.slice(5));
    return said && { side: said.side, kind: 'declared', weight: weights.role };
  }
  const said = value.length <= nameLimit ? identifierSays(value) : null;
  if (!said) return null;
  if (!roleNames.test(name)) return { side: said.side, kind: 'declared', weight: weights.testId };
  const weight = /message.*(?:role|author)/.test(name) && value === 'assistant' ? weights.authorRole : weights.role;
  return { side: said.side, kind: 'declared', weight };
}

/** All signs on one element. `authors`: folded names that a person said are an AI's here. */
export function marksOf(element: Element, authors: ReadonlySet<string> = nobody): Mark[] {
  const marks: Mark[] = [];
  for (const { name, value } of Array.from(element.attributes).slice(0, 24)) {
    if (name === 'class') {
      for (const token of value.split(/\s+/).slice(0, 16)) {
        const said = token.length < 80 && !/[:[\]]/.test(token) && !frame.test(token) ? identifierSays(token) : null;
        if (!said) continue;
        const weight = said.word === 'assistant' ? weights.assistantClass : weights.class;
        marks.push({ side: said.side, kind: 'class', selector: classSelector(token), weight, what: token });
      }
    } else if (labels.has(name)) {
      const said = value.length <= 80 ? labelSays(value.replace(/:.*/su, '')) : null;
      if (!said) continue;
      const start = /^[^:\d]{2,40}/u.exec(value)?.[0] ?? value;
      const selector =
        start.length < value.length ? `[${name}^=${JSON.stringify(start)}]` : attributeSelector(name, value);
      const weight = weights.label - (said.sure ? 0 : 0.15) - (bot.test(start) ? 0.25 : 0);
      marks.push({ side: said.side, kind: 'label', selector, weight, what: start });
    } else if (!/^(?:id|style|href|src)$/.test(name)) {
      const said = declared(name, value);
      if (said) marks.push({ ...said, selector: attributeSelector(name, value), what: `${name}="${value}"` });
    }
  }
  const { firstElementChild: child } = element;
  // An icon may stand beside the name; in a heading also what it means, and a time.
  const isHeading = /^h[1-6]$/.test(element.localName) && element.childElementCount <= 2;
  if (!child || isHeading || (element.childElementCount === 1 && /^(?:svg|img|i)$/.test(child.localName))) {
    const text = element.textContent ?? '';
    if (text.length > 0 && text.length <= nameLimit && !element.matches(controls)) {
      const said = authors.has(foldAuthor(text)) ? ({ side: 'ai', sure: true } as const) : nameSays(text);
      if (said) {
        const weight = said.sure ? 0 : -0.3;
        marks.push({
          side: said.side,
          kind: 'name',
          selector: nameSelector(element, isHeading),
          weight,
          what: text.trim(),
        });
      }
    }
  }
  return marks;
}

/** Attributes that declare an author. Asked for one by one: a browser that knows a name to be absent need not look. */
export const maybeMarked: readonly string[] = [
  ...['ai-disclosure', 'data-message-author-role', 'data-message-role', 'data-author-role', 'data-role', 'data-author'],
  ...['data-sender', 'data-from', 'data-speaker', 'data-turn', 'data-is-bot', 'data-author-type', 'data-sender-type'],
].map((name) => `[${name}]`);
