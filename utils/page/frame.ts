/** What every frame of the extension's own origin needs of the page that it is put into. */
import type { Extension } from '../handover.ts';

/**
 * The origin that the frame's document has. With `use_dynamic_url` Chromium loads it by an address of this session but
 * commits it under the extension's id.
 */
export function frameOrigin(url: string, id: string): string {
  return url.startsWith('moz-') ? url.replace(/\/[a-z]+\.html$/, '') : `chrome-extension://${id}`;
}

/** The element with the focus, in shadow roots too. */
export function focusedElement(rootOf: Extension['rootOf']): Element | null {
  let element = document.activeElement;
  for (let inner = element; inner; inner = rootOf(inner)?.activeElement ?? null) element = inner;
  return element;
}
