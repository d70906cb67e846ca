/** What triage looks at, what it knows beside it, and what it says. */
import type { PolicyHit } from '../review/policy.ts';

/** The signals, each 0 to 1. `base` is no signal: it stands for what every answer has in common. */
export const signalNames = [
  'policy',
  'contradiction',
  'claims',
  'refusal',
  'hedging',
  'shape',
  'novelty',
  'failures',
  'displeasure',
  'doubt',
] as const;
export type SignalName = (typeof signalNames)[number];

/** What one signal makes of an answer. */
export interface Signal {
  /** 0 to 1. */
  readonly strength: number;
  /** Why, in words that follow "asked because: "; null where there is nothing to say. */
  readonly words: string | null;
}

export type Signals = Readonly<Record<SignalName, Signal>>;

/** One settled response. */
export interface TriageSubject {
  readonly text: string;
  /** Null where none is known, or the reviewer keeps none. */
  readonly prompt: string | null;
  /** What was said before the prompt in this conversation, as one text; '' for nothing. */
  readonly before: string;
  /** What the user said next; null where nothing is known of it. */
  readonly next: string | null;
  /** Of detection, 0 to 1. */
  readonly confidence: number;
  readonly hits: readonly PolicyHit[];
}

/** What is usual on a site: of its newest answers. */
export interface Usual {
  /** In characters. */
  readonly length: number;
  readonly format: string;
}

/** An answer that was judged, as it is compared with. */
export interface Known {
  readonly sketch: Uint32Array;
  /** It was rejected or corrected. */
  readonly bad: boolean;
}

/** What triage knows beside the answer itself. */
export interface Knowledge {
  readonly usual: readonly Usual[];
  /** Judged answers of any site, the newest first. */
  readonly reviewed: readonly Known[];
  /** How many answers that were rejected or corrected it resembles closely, where correction memory knows. */
  readonly resembles?: number | undefined;
  /** ms since 1970. */
  readonly now: number;
}

export const none: Signal = { strength: 0, words: null };

/** Many small reasons add up, and never beyond 1. */
export const saturate = (sum: number): number => 1 - Math.exp(-sum);
