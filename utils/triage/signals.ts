/**
 * All signals of one answer, each 0 to 1 with its reason in words. Pure and linear in the text, of which the first 100,000
 * characters are read. What they do not know: whether a claim is true. They know where it has no support, where two do not
 * fit together, and what an answer like it was worth before.
 */
import type { PolicyHit } from '../review/policy.ts';
import { claims } from './signals/claims.ts';
import { contradiction } from './signals/contradiction.ts';
import { likeness } from './signals/likeness.ts';
import { displeasure, hedging, refusal } from './signals/phrases.ts';
import { shape } from './signals/shape.ts';
import { plain } from './text.ts';
import { type Knowledge, none, type Signal, type Signals, type TriageSubject } from './types.ts';

/** Of what was said before, its end. */
const BEFORE_CHARS = 20_000;
const severities: Readonly<Record<PolicyHit['severity'], number>> = { minor: 0.5, major: 0.8, critical: 1 };

function policy(hits: readonly PolicyHit[]): Signal {
  const [worst] = [...hits].sort((one, other) => severities[other.severity] - severities[one.severity]);
  return worst ? { strength: severities[worst.severity], words: `policy "${worst.name}"` } : none;
}

/** From here on detection is as sure as a site rule makes it; below, doubt grows until nobody would assert anything. */
function doubt(confidence: number): Signal {
  const strength = Math.max(0, Math.min(1, (0.8 - confidence) / 0.4));
  return strength > 0 ? { strength, words: 'not certain that an AI wrote it' } : none;
}

/** What each signal makes of the answer. */
export function signalsOf(subject: TriageSubject, { usual, reviewed, resembles, now }: Knowledge): Signals {
  const text = plain(subject.text);
  const said = {
    prompt: subject.prompt === null ? null : plain(subject.prompt),
    before: plain(subject.before.slice(-BEFORE_CHARS)),
  };
  return {
    policy: policy(subject.hits),
    contradiction: contradiction(said, text, now),
    claims: claims(said, text),
    refusal: refusal(text),
    hedging: hedging(text),
    shape: shape(said, text, usual),
    ...likeness(text, reviewed, resembles),
    displeasure: displeasure(subject.next, said.prompt, text),
    doubt: doubt(subject.confidence),
  };
}
