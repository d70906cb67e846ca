/** Puts text on the clipboard, for when it cannot be stored. */

/**
 * Copies `text`; false where the browser refuses. Must run in the handler of a click. Goes by the `copy` event: the
 * asynchronous clipboard is closed to frames unless the page around them opens it.
 */
export function copyText(text: string, page: Document = document): boolean {
  let copied = false;
  const fill = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    copied = event.clipboardData !== null;
  };
  page.addEventListener('copy', fill, { capture: true });
  try {
    return page.execCommand('copy') && copied;
  } finally {
    page.removeEventListener('copy', fill, { capture: true });
  }
}
