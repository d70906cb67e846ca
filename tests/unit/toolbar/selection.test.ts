// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { selectedRange } from '../../../entrypoints/toolbar/selection.ts';

const rootOf = (element: Element) => element.shadowRoot;
const selected = () => selectedRange(document, rootOf)?.toString() ?? null;

beforeEach(() => {
  document.body.innerHTML = '<p>Our tents carry a warranty of 2 years.</p><textarea>Dear Ann</textarea>';
  document.getSelection()?.removeAllRanges();
});

describe('the selected text', () => {
  it('given nothing is selected, then there is none', () => {
    expect(selected()).toBeNull();
    document.getSelection()?.collapse(document.querySelector('p'), 0);
    expect(selected()).toBeNull();
  });

  it('given a part of a sentence, then it is exactly that', () => {
    const text = document.querySelector('p')?.firstChild as Text;
    document.getSelection()?.setBaseAndExtent(text, 4, text, 9);
    expect(selected()).toBe('tents');
  });

  it('given only white space, then there is none', () => {
    const text = document.querySelector('p')?.firstChild as Text;
    document.getSelection()?.setBaseAndExtent(text, 3, text, 4);
    expect(selected()).toBeNull();
  });

  it('given the selection is in a text field, then it is none of the page, whatever range the browser gives', () => {
    const field = document.querySelector('textarea') as HTMLTextAreaElement;
    field.value = 'Our tents';
    field.focus();
    field.setSelectionRange(4, 9);
    const text = document.querySelector('p')?.firstChild as Text;
    document.getSelection()?.setBaseAndExtent(text, 4, text, 9);
    expect(document.activeElement).toBe(field);
    expect(selected()).toBeNull();
  });
});
