/** What the page about triage shows and changes: data and callbacks. */
/** What one signal did lately. */
export interface SignalView {
  readonly name: string;
  readonly weight: number;
  /** As it comes with the program or the project. */
  readonly usual: number;
  /** Answers that it spoke of, of those that were looked at. */
  readonly fired: number;
  /** Of those, judged since, and rejected or corrected. */
  readonly judged: number;
  readonly bad: number;
}

export interface GainView {
  readonly share: number;
  readonly before: number;
  readonly learned: number;
  readonly gain: { readonly value: number; readonly low: number; readonly high: number };
}

export interface LearnedView {
  readonly reviews: number;
  readonly bad: number;
  readonly clear: boolean;
  readonly gains: readonly GainView[];
  /** They count now. */
  readonly inUse: boolean;
}

type LearnedChoice = 'auto' | 'never' | 'always';

export interface TriageView {
  readonly askFrom: number;
  readonly auditShare: number;
  readonly choice: LearnedChoice;
  readonly signals: readonly SignalView[];
  /** Answers that were looked at lately, the priority of each. */
  readonly priorities: readonly number[];
  /** Judged ones among them: the priority of each, and whether it was rejected or corrected. */
  readonly judged: readonly { readonly priority: number; readonly bad: boolean }[];
  readonly learned: LearnedView | null;
  readonly enough: { readonly all: number; readonly bad: number };
  /** Something differs from what comes with the program or the project. */
  readonly changed: boolean;
}

/** What is changed; absent stays, null goes back to what comes with the program or the project. */
export interface TriageChange {
  readonly askFrom?: number | null;
  readonly auditShare?: number | null;
  readonly weight?: { readonly name: string; readonly value: number | null };
  readonly learned?: LearnedChoice;
}

/** Names and what they mean, in words. */
export const signalWords: Readonly<Record<string, readonly [name: string, means: string]>> = {
  policy: ['Policies', 'A policy of the team applies to it.'],
  contradiction: ['Contradictions', 'Other numbers, dates, yes and no than in the question or before.'],
  displeasure: ['The user’s displeasure', 'The next turn says that it was wrong, or asks the same again.'],
  failures: ['Like what was wrong', 'Resembles answers that were rejected or corrected.'],
  refusal: ['Refusals', 'It says that it cannot or will not answer.'],
  shape: ['Length, format, language', 'Unlike this site’s other answers, or unfinished.'],
  claims: ['Claims without support', 'Prices, dates, numbers, links and names that were not given.'],
  hedging: ['Hedging', 'It is not sure of itself.'],
  novelty: ['Nothing like it judged', 'Unlike everything that was judged before.'],
  doubt: ['Perhaps not an AI answer', 'Detection is not certain.'],
};

/** A share from 0 to 1 as `12 %`. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;
