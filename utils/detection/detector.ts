/** The way into this room: finds the responses of a page by site rules. See `types.ts` for the contract. */
import { captureResponse } from './capture.ts';
import { type Session, startSession } from './engine/session.ts';
import type { Detector, SiteRule } from './types.ts';

export interface DetectorOptions {
  readonly document: Document;
  readonly rules: readonly SiteRule[];
  readonly window?: Window & typeof globalThis;
  /** A clock in ms that never runs back. */
  readonly now?: () => number;
  /** How long a response must stand still to count as settled, in ms, instead of the default windows. */
  readonly quietMs?: number;
}

/** Makes a detector for one document. Inert until `start`; never writes to the page and never throws into it. */
export function createDetector(options: DetectorOptions): Detector {
  const { document, rules, now = () => performance.now(), quietMs } = options;
  const page = options.window ?? (document.defaultView as (Window & typeof globalThis) | null) ?? window;
  let session: Session | null = null;
  return {
    start(signal, onChange) {
      if (signal.aborted) return;
      signal.addEventListener('abort', () => {
        session = null;
      });
      startSession({ page, rules, now, quietMs }, signal, onChange, (started) => {
        session = started;
      });
    },
    responses: () => session?.inOrder().map(({ response }) => response) ?? [],
    responseAt(node) {
      const entry = session?.entryAround(node);
      if (!entry) session?.doubt(node);
      return entry?.response ?? null;
    },
    capture(response, promptLimit) {
      return captureResponse(response, promptLimit, session);
    },
  };
}
