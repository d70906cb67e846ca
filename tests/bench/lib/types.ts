/** What a row of the benchmark is, and what it measures. The rows and their bounds are those of docs/performance.md. */
import type { BrowserName } from '../../support/browser/types.ts';

/** A bound on what was measured itself, or on its ratio to the peer. */
export interface Bound {
  readonly of: 'ours' | 'ratio';
  /** At most this. */
  readonly most?: number;
  /** At least this: for rates, where more is better. */
  readonly least?: number;
}

type Unit = 'ms' | 'µs' | 'kB' | 'bytes' | 'MB' | '/s' | '%' | 'count' | 'x';

/** One line of the table, as a row measured it. */
export interface Reading {
  /** What was done and what is counted: `append, cv page: script time of 10 s`. The name of the line: no two of a row are alike. */
  readonly metric: string;
  readonly unit: Unit;
  /** One number for each round. */
  readonly ours: readonly number[];
  /** The same of the peer or limit, measured in the same rounds; its name. */
  readonly peer?: readonly number[];
  readonly peerName?: string;
  readonly gate?: Bound;
  readonly aim?: Bound;
  /** A counter that is the same on every machine: judged in quick runs too, by its worst round. */
  readonly exact?: true;
  /** What the table must say beside it, in a sentence. */
  readonly note?: string;
}

/** Whether the aim was met, or at least the gate; `shown` has neither. */
export type Verdict = 'aim' | 'gate' | 'missed' | 'shown';

/** A reading with its verdict: an object of `--json`. */
export interface Result {
  readonly id: string;
  readonly metric: string;
  readonly unit: Unit;
  /** The median of the rounds; of an exact counter the worst. */
  readonly ours: number;
  readonly peer: number | null;
  readonly peerName: string | null;
  /** `ours` to `peer`, of the medians. */
  readonly ratio: number | null;
  readonly gate: Bound | null;
  readonly aim: Bound | null;
  readonly met: Verdict;
  readonly exact: boolean;
  /** The least and the most of the rounds, and how many there were. */
  readonly low: number;
  readonly high: number;
  readonly rounds: number;
  readonly note: string | null;
}

/** What a row is run with. */
export interface Bench {
  readonly browser: BrowserName;
  /** A run of seconds: the smallest work that still moves every counter. Its times mean nothing and are not judged. */
  readonly quick: boolean;
  /** How many interleaved rounds are wanted: five or more, in a quick run one. */
  readonly rounds: number;
  /** A slowdown made on purpose, by its name; the build that `extension` answers has it. See lib/slow.ts. */
  readonly slow: string | null;
  /** The folder of the production build, made when it is older than its sources. */
  extension(): Promise<string>;
  /** Says what goes on, on one line that is written over. */
  progress(text: string): void;
  /** Adds a line to the table. */
  report(reading: Reading): void;
}

/** A row: `rows/p04-stream.ts` exports it as `row`. */
export interface Row {
  /** `P4`; rows beside the targets have a word: `memory`. */
  readonly id: string;
  readonly title: string;
  /** Where it can be measured; the first is meant when none is asked for. */
  readonly browsers: readonly BrowserName[];
  run(bench: Bench): Promise<void>;
}
