/**
 * The token that proves to the background which answer this frame was opened for. Any page may embed the frame, so it
 * shows nothing before a token was exchanged. It never posts a message to its parent: that would hand the page a handle.
 */

/** A token is 64 hexadecimal digits; anything else is not worth a call. */
const TOKEN = /^[0-9a-f]{64}$/;

function tokenIn(data: unknown): string | null {
  if (typeof data !== 'object' || data === null) return null;
  const { countersign, token } = data as { countersign?: unknown; token?: unknown };
  return countersign === 'claim' && typeof token === 'string' && TOKEN.test(token) ? token : null;
}

/**
 * Resolves with the first token that the parent posts as `{ countersign: 'claim', token }`. Everything later is ignored,
 * and so is everything in a page that has no parent.
 */
export function firstToken(frame: Window = window): Promise<string> {
  return new Promise((resolve) => {
    const hear = (event: MessageEvent) => {
      if (!event.isTrusted || frame.parent === frame || event.source !== frame.parent) return;
      const token = tokenIn(event.data);
      if (token === null) return;
      frame.removeEventListener('message', hear);
      resolve(token);
    };
    frame.addEventListener('message', hear);
  });
}
