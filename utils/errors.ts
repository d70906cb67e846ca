/**
 * Every failure this program expects, named once.
 * A failure travels between contexts as data, so it is a plain object; inside one context it may be thrown as `CountersignError`.
 */
export type FailureCode =
  /** The sender may not make this call. Says nothing more, on purpose. */
  | 'forbidden'
  /** A value has the wrong shape; `field` names the path. */
  | 'invalid'
  | 'not-found'
  /** The revision that this one builds on is not the newest any more. */
  | 'conflict'
  /** A judgement lacks what the rubric asks for; `field` names the path. */
  | 'incomplete'
  /** The undo window has closed. */
  | 'too-late'
  /** Countersign is paused or off for this site. */
  | 'off'
  | 'busy'
  | 'storage-full'
  | 'storage-blocked'
  | 'storage-failed'
  /** The background did not answer (it was replaced by an update, or is gone). */
  | 'unreachable'
  /** A part of the background that loads on demand did not. */
  | 'not-loaded'
  | 'unexpected';

/** What went wrong, in the user's words, with one next step. Never contains reviewed text, tokens or addresses. */
export interface Failure {
  readonly code: FailureCode;
  /** One sentence for the user. */
  readonly message: string;
  /** One thing that the user can do now. */
  readonly next: string;
  /** The path of the offending value, as `snapshot.text`, where one value is to blame. */
  readonly field?: string;
}

/** The background did not answer. By itself, because it is all that scripts in pages have to say. */
export const unreachable: Failure = {
  code: 'unreachable',
  message: 'Not saved: Countersign was updated or restarted. Your text is still here.',
  next: 'Copy your text and reload the page.',
};

const sentences: Record<FailureCode, readonly [message: string, next: string]> = {
  forbidden: ['This is not allowed from here.', 'Use the Countersign workbench instead.'],
  invalid: ['A value has the wrong shape.', 'Correct it and try again.'],
  'not-found': ['This review is not stored here any more.', 'Reload the page to see what is.'],
  conflict: ['This review was revised elsewhere in the meantime.', 'Look at the newest revision, then save again.'],
  incomplete: ['Not saved: the rubric asks for more.', 'Open the editor and answer what is marked there.'],
  'too-late': ['This review can no longer be undone.', 'Revise it instead.'],
  off: ['Countersign is off for this site.', 'Turn it on in the popup.'],
  busy: ['Too many requests at once.', 'Wait a moment and try again.'],
  'storage-full': [
    'Not saved: the disk is full. Your text is still here.',
    'Copy your text, free some space, then save again.',
  ],
  'storage-blocked': [
    'Not saved: another window holds the database. Your text is still here.',
    'Close other Countersign pages, then save again.',
  ],
  'storage-failed': [
    'Not saved: the database could not be written. Your text is still here.',
    'Copy your text, then restart the browser.',
  ],
  unreachable: [unreachable.message, unreachable.next],
  'not-loaded': [
    'Not done: a part of Countersign did not load. Your text is still here.',
    'Try again; if it stays, copy your text and restart the browser.',
  ],
  unexpected: ['Something unexpected went wrong.', 'Try again; if it stays, copy your text and reload the page.'],
};

/** Builds a failure with the standard sentences of its code; `change` replaces any part of it. */
export function failure(code: FailureCode, change: Partial<Omit<Failure, 'code'>> = {}): Failure {
  const [message, next] = sentences[code];
  return { code, message, next, ...change };
}

/** A `Failure` that is thrown inside one context; the messaging server turns it back into data. */
export class CountersignError extends Error {
  readonly failure: Failure;

  constructor(reason: Failure, options?: ErrorOptions) {
    super(`${reason.code}: ${reason.message}`, options);
    this.name = 'CountersignError';
    this.failure = reason;
  }
}

/** Throws the failure with this code. */
export function fail(code: FailureCode, change: Partial<Omit<Failure, 'code'>> = {}, cause?: unknown): never {
  throw new CountersignError(failure(code, change), cause === undefined ? {} : { cause });
}

/** The failure in whatever was thrown; anything unknown becomes `unexpected`. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof CountersignError) return thrown.failure;
  return failure(thrown instanceof Error && thrown.name === 'PartError' ? 'not-loaded' : 'unexpected');
}

/**
 * The one place where an unexpected error is noted. Writes the kind of error and where it happened to the console,
 * never its text: messages of foreign errors may quote the page or a token.
 */
export function report(thrown: unknown, when: string): void {
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  const code = thrown instanceof CountersignError ? ` (${thrown.failure.code})` : '';
  console.warn(`Countersign: ${kind}${code} while ${when}`);
}
