/** What on a page sends the text of a composer: buttons as people name them, and keys. Reads the page only. */
import { above, holds } from '../page/surroundings.ts';
import type { ComposerPlace } from './types.ts';

/** What buttons that send are called, in the languages of the help desks and chats that were looked at. */
const words =
  /(?:^|[^\p{L}])(?:send|submit|reply|post|senden|abschicken|absenden|antworten|envoyer|répondre|enviar|responder|invia|rispondi|verstuur|verzenden|skicka|lähetä|wyślij|odeslat|отправить|надіслати|gönder|kirim)(?:[^\p{L}]|$)|发送|發送|送信|送出|전송|보내기/iu;
/** The same in class names and test ids, which are written together. */
const names =
  /(?:^|[-_\s])(?:send|submit)(?:[-_\s]|$)|send[-_]?(?:btn|button|icon|message)|(?:btn|button)[-_]?send|Send(?:Button|Btn|Message)/;
/** The longest name that a button has. */
const NAME_LIMIT = 40;
/** How far above the field the button may be, in elements. */
const LEVELS = 8;
/** How far above what was pressed a control begins. */
const DEPTH = 6;

const pressable =
  'button,a,label,[role=button],[onclick],[tabindex],input[type=submit],input[type=button],input[type=image]';

function nameOf(element: Element): string {
  const { value, title } = element as HTMLInputElement;
  const shown = element.getAttribute('aria-label') ?? (element.textContent ?? '').slice(0, NAME_LIMIT * 2).trim();
  return [shown, typeof value === 'string' ? value : '', title ?? '']
    .filter((name) => name.length <= NAME_LIMIT)
    .join(' ');
}

function isCalledSend(element: Element): boolean {
  if (words.test(nameOf(element))) return true;
  const marks = ['data-testid', 'data-test-id', 'id', 'class', 'name'].map((name) => element.getAttribute(name) ?? '');
  return marks.some((mark) => names.test(mark));
}

/** Whether both are in one part of the page: a button of another form has another purpose. */
function isNear(control: Element, field: Element): boolean {
  let part: Node | null = field;
  for (let level = 0; part && level < LEVELS; level += 1, part = above(part)) {
    if (part !== field && holds(part, control)) return true;
  }
  return false;
}

const formOf = (element: Element): HTMLFormElement | null =>
  (element as HTMLButtonElement).form ?? element.closest('form');

function submits(control: Element, field: Element): boolean {
  const isSubmit =
    (control.localName === 'button' && (control as HTMLButtonElement).type === 'submit') ||
    (control.localName === 'input' && /^(?:submit|image)$/.test((control as HTMLInputElement).type));
  const form = isSubmit ? formOf(control) : null;
  return form !== null && form === formOf(field);
}

/** The control among the elements that were pressed, the innermost first, that sends what `field` holds; null for none. */
export function sendControlIn(
  pressed: readonly Element[],
  field: Element,
  { send }: Pick<ComposerPlace, 'send'>,
): Element | null {
  for (const element of pressed.slice(0, DEPTH)) {
    if (element === field || holds(element, field)) return null;
    const control = element.localName === 'label' ? ((element as HTMLLabelElement).control ?? element) : element;
    if (send !== null && control.matches(send)) return control;
    if (submits(control, field)) return control;
    if (control.matches(pressable) && isCalledSend(control) && isNear(control, field)) return control;
  }
  return null;
}

/** How a key that may send was pressed. */
type SendKey = Pick<KeyboardEvent, 'key' | 'keyCode' | 'isComposing' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** Whether such a press sends in a field where Enter alone does what `enter` says. Shift makes a new line everywhere. */
export function isSendKey(event: SendKey, enter: ComposerPlace['enter']): boolean {
  // 229: an input method has the key, whatever it is.
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return false;
  if (event.shiftKey || event.altKey) return false;
  return enter === 'send' || event.ctrlKey || event.metaKey;
}
