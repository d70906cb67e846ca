/** Puts the reviewer's text into the page's composer; the background loads it when the reviewer asks for that, and calls it. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { ownDom } from '../../utils/runtime.ts';
import type { RootOf } from './field.ts';
import { insertText } from './insert.ts';

const rootOf: RootOf = (element) => {
  const { openOrClosedShadowRoot: own } = element as { openOrClosedShadowRoot?: ShadowRoot | null };
  if (own !== undefined) return own;
  return (element instanceof HTMLElement && ownDom()?.openOrClosedShadowRoot(element)) || element.shadowRoot;
};

export default defineUnlistedScript(() => {
  const world = globalThis as { [name: symbol]: unknown };
  world[Symbol.for('insert')] = (text: string) => insertText(text, rootOf);
});
