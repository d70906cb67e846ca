/** The reviewer's text blocks in any field of the frame: `;name` and Tab puts one in, `;` and Tab lists them. */
import { type Signal, signal } from '@preact/signals';
import { blockNamed, fill, nameBefore, type Snippet, type SnippetValues } from '../../utils/review/snippet.ts';

/** The list, while it is open: blocks to choose from, which one is at hand, and the field that they go into. */
export interface SnippetMenuState {
  readonly blocks: readonly Snippet[];
  readonly at: number;
  readonly field: HTMLTextAreaElement;
  /** What is replaced, in UTF-16 code units of the field's text. */
  readonly start: number;
  readonly end: number;
}

interface SnippetParts {
  readonly blocks: readonly Snippet[];
  readonly values: () => Omit<SnippetValues, 'selection' | 'now'>;
  readonly now?: () => Date;
}

const fieldOf = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement && !target.readOnly && !target.disabled ? target : null;

export class Snippets {
  readonly menu: Signal<SnippetMenuState | null> = signal(null);
  readonly #parts: Required<SnippetParts>;

  constructor(parts: SnippetParts) {
    this.#parts = { now: () => new Date(), ...parts };
  }

  /** Whether the press was for a text block. */
  onKey(event: KeyboardEvent): boolean {
    const { key, shiftKey, ctrlKey, metaKey, altKey, isComposing } = event;
    if (isComposing || ctrlKey || metaKey || altKey) return false;
    if (this.menu.peek()) return this.#inMenu(key);
    const field = fieldOf(event.target);
    if (key !== 'Tab' || shiftKey || !field) return false;
    const { value, selectionStart, selectionEnd } = field;
    if (selectionStart !== selectionEnd) return false;
    const before = nameBefore(value, selectionStart);
    const isBare = before === null && value.charAt(selectionStart - 1) === ';';
    if (!before && !isBare) return false;
    const { blocks } = this.#parts;
    const block = before && blockNamed(blocks, before.name);
    if (block) this.#insert(block, field, before.start, selectionEnd);
    else this.#open(field, before?.start ?? selectionStart - 1, selectionEnd, before?.name ?? '');
    return block !== null || this.menu.peek() !== null;
  }

  pick(block: Snippet): void {
    const menu = this.menu.peek();
    this.menu.value = null;
    if (menu) this.#insert(block, menu.field, menu.start, menu.end);
  }

  /** The field lost the focus. */
  readonly leave = (): void => {
    this.menu.value = null;
  };

  close(): void {
    const menu = this.menu.peek();
    this.menu.value = null;
    menu?.field.focus();
  }

  #open(field: HTMLTextAreaElement, start: number, end: number, name: string): void {
    const begins = (block: Snippet) => block.name.toLowerCase().startsWith(name.toLowerCase());
    const blocks = this.#parts.blocks.filter(begins);
    if (blocks.length > 0) this.menu.value = { blocks, at: 0, field, start, end };
  }

  #inMenu(key: string): boolean {
    const menu = this.menu.peek();
    if (!menu) return false;
    const { blocks, at } = menu;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) this.menu.value = { ...menu, at: (at + step + blocks.length) % blocks.length };
    else if (key === 'Enter' || key === 'Tab') this.pick(blocks[at] as Snippet);
    else if (key === 'Escape') this.close();
    else {
      // Typing goes on in the field.
      this.menu.value = null;
      return false;
    }
    return true;
  }

  #insert({ text }: Snippet, field: HTMLTextAreaElement, start: number, end: number): void {
    const selection = field.value.slice(start, end);
    const isCall = selection.startsWith(';');
    const values = { ...this.#parts.values(), now: this.#parts.now(), selection: isCall ? '' : selection };
    const block = fill(text, values);
    field.focus();
    field.setSelectionRange(start, end);
    // As typed: the field's own undo takes it back.
    if (!field.ownerDocument.execCommand('insertText', false, block.text)) {
      field.setRangeText(block.text, start, end, 'end');
      field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: block.text }));
    }
    const cursor = Math.min(start + block.cursor, field.value.length);
    field.setSelectionRange(cursor, cursor);
  }
}
