/** How long and how much a model may answer. All of it can be set for a test. */
export interface Limits {
  /** ms for the whole answer, loading the model included. */
  readonly wholeMs: number;
  /** ms between two pieces, once the first has come. */
  readonly quietMs: number;
  /** UTF-16 code units of what it says. */
  readonly chars: number;
  /** Bytes on the wire: a stream tells much about little. */
  readonly bytes: number;
}

/** For an answer of this length: room for a whole correction, and for as much again beside it. */
export function limitsFor(answerLength: number): Limits {
  const chars = 40_000 + 3 * answerLength;
  return { wholeMs: 180_000, quietMs: 60_000, chars, bytes: chars * 200 };
}

const numbers = new Intl.NumberFormat('en');
const seconds = (ms: number) => (ms >= 120_000 ? `${Math.round(ms / 60_000)} minutes` : `${Math.ceil(ms / 1000)} s`);

/** Why it was cut off, in one sentence. */
export const cutWords = {
  time: ({ wholeMs }: Limits) => `Cut off after ${seconds(wholeMs)}: the model did not come to an end.`,
  quiet: ({ quietMs }: Limits) => `Cut off: the model said nothing more for ${seconds(quietMs)}.`,
  chars: ({ chars }: Limits) => `Cut off after ${numbers.format(chars)} characters: the model did not come to an end.`,
  bytes: () => 'Cut off: the endpoint sends more and more without answering.',
  broken: () => 'The connection broke before the model had come to an end.',
  length: () => 'The model reached its own limit before it had come to an end.',
} as const;
