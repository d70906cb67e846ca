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

/** What a frame is opened with. */
export interface Claim {
  readonly token: string;
  /** The line to the script that made this frame, where it sent one along. It is worth what the token is worth. */
  readonly port: MessagePort | null;
  /** The frame is the gate's, beside a composer. */
  readonly gate: boolean;
}

/**
 * Resolves with the first token that the parent posts as `{ countersign: 'claim', token }`, and the port that came with it.
 * Everything later is ignored, and so is everything in a page that has no parent.
 */
export function firstClaim(frame: Window = window): Promise<Claim> {
  return new Promise((resolve) => {
    const hear = (event: MessageEvent) => {
      if (!event.isTrusted || frame.parent === frame || event.source !== frame.parent) return;
      const token = tokenIn(event.data);
      if (token === null) return;
      frame.removeEventListener('message', hear);
      const gate = (event.data as { gate?: unknown }).gate === true;
      resolve({ token, port: event.ports?.[0] ?? null, gate });
    };
    frame.addEventListener('message', hear);
  });
}
