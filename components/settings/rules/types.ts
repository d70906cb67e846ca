/** What the page about sites and rules shows: data and callbacks, no storage. */
import type { Problem } from '../types.ts';

export type Origin = 'bundled' | 'team' | 'user';

/** A rule as it is listed. */
export interface RuleEntry {
  readonly id: string;
  readonly name: string;
  readonly origin: Origin;
  readonly version: string;
  /** When its facts were checked, `YYYY-MM-DD`. */
  readonly date: string;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly source: string;
  /** Where it applies, in words. */
  readonly where: string;
  readonly on: boolean;
  /** Whose rule of the same id stands for this one; null where none does. */
  readonly replacedBy: Origin | null;
  readonly caveat: string | null;
  /** The rule as JSON, indented. */
  readonly json: string;
}

export interface AuthorEntry {
  readonly site: string;
  /** The site as people call it. */
  readonly siteName: string;
  readonly author: string;
  readonly is: 'assistant' | 'person';
  readonly origin: 'team' | 'user';
  /** The only host that it is good for, where that is so. */
  readonly only: string | null;
}

/** How the team's rules stand. */
export interface PackView {
  readonly url: string | null;
  /** In words: version, number of rules, when it was fetched. */
  readonly state: string;
  readonly problem: string | null;
}

/** A page that is open, and how detection fares there. */
export interface OpenPage {
  readonly tabId: number;
  readonly title: string;
  readonly site: string;
  readonly tone: 'good' | 'quiet' | 'warn';
  readonly headline: string;
}

/** Answers null, or why it was not done. */
export type Outcome = Promise<Problem | null>;
