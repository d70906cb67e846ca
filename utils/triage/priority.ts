/** From signals to one number, and from the number to whether a person is asked. Weights, threshold and share are data. */
import type { TriageTerms } from '../review/project.ts';
import { type SignalName, type Signals, signalNames } from './types.ts';

/** A weight for each signal, and `base` for what none of them says: the log-odds of an answer without any. */
export type Weights = Readonly<Record<SignalName | 'base', number>>;

/** Terms without gaps. */
export interface Terms {
  readonly askFrom: number;
  readonly auditShare: number;
  readonly weights: Weights;
}

/**
 * Set by hand before any score was taken, as log-odds: one strong sign alone, such as a contradiction, makes it even that
 * something is wrong; a claim without support, which most good answers have too, raises one in twenty to one in eight.
 */
export const defaultTerms: Terms = {
  askFrom: 0.25,
  auditShare: 0.05,
  weights: {
    base: -3,
    policy: 4,
    contradiction: 3,
    displeasure: 3,
    failures: 2.5,
    refusal: 2.2,
    shape: 2,
    hedging: 1.2,
    claims: 1.2,
    novelty: 0.5,
    doubt: 0.8,
  },
};

/** The narrowest word counts: the reviewer's own, then the project's, then what comes with the program. */
export function termsFrom(...words: readonly (TriageTerms | null | undefined)[]): Terms {
  return words.toReversed().reduce<Terms>(
    (terms, word) => ({
      askFrom: word?.askFrom ?? terms.askFrom,
      auditShare: word?.auditShare ?? terms.auditShare,
      weights: { ...terms.weights, ...known(word?.weights ?? {}) },
    }),
    defaultTerms,
  );
}

/** Weights of signals that there are; a project may name some of a later version. */
const known = (weights: Readonly<Record<string, number>>): Partial<Weights> =>
  Object.fromEntries(Object.entries(weights).filter(([name]) => name in defaultTerms.weights));

/** Strengths by name; what is missing is 0. */
export type Strengths = Readonly<Record<string, number>>;

/** Probability, by these weights, that a person would reject or correct it: the logistic function of the weighted sum. */
export function priorityOf(strengths: Strengths, weights: Weights): number {
  const sum = signalNames.reduce((total, name) => total + weights[name] * (strengths[name] ?? 0), weights.base);
  return 1 / (1 + Math.exp(-sum));
}

/** Most reasons that are told. */
const MOST_REASONS = 5;
/** What raises the log-odds by less is no reason to ask. */
const LEAST = 0.15;

/** Reasons by how much each counts. */
function reasonsOf(strengths: Strengths, said: Readonly<Record<string, string>>, weights: Weights): string[] {
  return signalNames
    .map((name) => ({ words: said[name], weight: weights[name] * (strengths[name] ?? 0) }))
    .filter(({ words, weight }) => words !== undefined && weight >= LEAST)
    .sort((one, other) => other.weight - one.weight)
    .slice(0, MOST_REASONS)
    .map(({ words }) => words as string);
}

export const strengthsOf = (signals: Signals): Record<SignalName, number> =>
  Object.fromEntries(signalNames.map((name) => [name, Math.round(signals[name].strength * 1000) / 1000])) as Record<
    SignalName,
    number
  >;

export const saidOf = (signals: Signals): Record<string, string> =>
  Object.fromEntries(
    signalNames.flatMap((name) => {
      const { words } = signals[name];
      return words === null ? [] : [[name, words.slice(0, 300)]];
    }),
  );

/** What is decided about an answer, from what was found of it; other terms decide anew without its text. */
export interface Decision {
  readonly priority: number;
  readonly asks: 0 | 1;
  readonly audit: boolean;
  readonly reasons: readonly string[];
}

export const AUDIT_WORDS = 'drawn by lot, whatever it says';

export function decide(
  found: {
    readonly signals: Strengths;
    readonly said: Readonly<Record<string, string>>;
    readonly required: boolean;
    readonly lot: number;
  },
  { askFrom, auditShare, weights }: Terms,
): Decision {
  const priority = priorityOf(found.signals, weights);
  const chosen = found.required || priority >= askFrom;
  const audit = !chosen && found.lot < auditShare;
  const reasons = reasonsOf(found.signals, found.said, weights);
  return {
    priority,
    asks: chosen || audit ? 1 : 0,
    audit,
    reasons: audit ? [AUDIT_WORDS, ...reasons].slice(0, MOST_REASONS) : reasons,
  };
}

/** A lot from 0 to 1 out of a keyed hash in hexadecimal: the same for the same answer, and nobody's to foresee. */
export const lotOf = (mac: string): number => Number.parseInt(mac.slice(0, 8), 16) / 0x1_0000_0000;
