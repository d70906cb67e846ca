/** What the finder reads of elements: text without layout, what is chrome, what can be seen. */

/** Parts of a page that hold controls, and so never a message. */
export const controls =
  'button,[role="button"],nav,[role="navigation"],input,textarea,select,[contenteditable]:not([contenteditable="false"]),[role="textbox"],[role="menu"],[role="tablist"],option,head,script,style,noscript,template,table,[role="grid"],figure';
/** Where a class name that says "bot" is about messages. */
const talk = /messag|msg|bubble|chat(?!bot)|turn|conversation|dialog|transcript|respon|reply|answer|utterance/i;

/** Whether the markup of an element or of what is around it says that it is about messages. */
export function isTalk(element: Element): boolean {
  for (let at: Element | null = element, step = 0; at && step < 5; at = at.parentElement, step += 1) {
    if (talk.test(at.getAttribute('class') ?? '') || /^(?:log|feed)$/.test(at.getAttribute('role') ?? '')) return true;
  }
  return false;
}

/** What prose is made of; several of these side by side are one text and no messages. */
const prose =
  /^(?:p|h[1-6]|span|b|i|a|em|strong|code|pre|table|tbody|thead|tr|td|th|blockquote|br|hr|ul|ol|dt|dd|svg|img|button|label|input)$/;

export const isProse = (element: Element): boolean => prose.test(element.localName);

/** As much of an element's text as is looked at. */
const textLimit = 4_000;

export const textOf = (element: Element): string => (element.textContent ?? '').slice(0, textLimit).trim();

/** How many letters the text has; white space, digits and marks do not count. Roughly, beyond Latin: it is asked about all text. */
export function letters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code | 32) >= 97 && (code | 32) <= 122) count += 1;
    else if (code >= 0xc0 && (code < 0x2000 || code > 0x303f) && code < 0xfe00) count += 1;
  }
  return count;
}

/** Has text that may be a message's. */
export const says = (element: Element): boolean => !element.matches(controls) && letters(textOf(element)) > 1;

/** Whether a reader can see it. Asks for style, so it is asked about a few elements only. */
export const isShown = (element: Element): boolean =>
  element.closest('[hidden],[aria-hidden="true"],template') === null &&
  (typeof element.checkVisibility !== 'function' ||
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }));

/** A few of many, the last ones among them: the newest messages are on the page for sure. */
export const sample = <T>(list: readonly T[], size = 12): readonly T[] =>
  list.length <= size ? list : [...list.slice(0, size / 4), ...list.slice(-(size - size / 4))];

/** Where people type what they send. */
const composers = 'textarea,input,[contenteditable],[role="textbox"]';
const isComposer =
  'textarea,[contenteditable]:not([contenteditable="false"]),[role="textbox"],input:not([type]),input[type="text"]';
const noComposer = '[role="searchbox"],[role="combobox"],[readonly],[aria-hidden="true"],[hidden]';

/** The composers of a root, without those that nobody can type into and those to search with; at most a few, the last. */
export function composersIn(root: ParentNode): readonly Element[] {
  return Array.from(root.querySelectorAll(composers))
    .slice(-200)
    .filter((element) => element.matches(isComposer) && !element.matches(noComposer))
    .filter((element) => !element.closest('nav,[role="search"],[hidden]'))
    .slice(-6);
}
