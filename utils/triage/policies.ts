/**
 * Applies policies to an answer or a draft. Pure, and bounded: phrases and patterns have a budget of steps, never of time,
 * so that the same text gives the same answer on every machine. A policy that is over it is cut off, named, and off from
 * then on. What is broken is never in the way: it has no say.
 */
import { fold } from '../privacy/fold.ts';
import { compilePattern, type Pattern } from '../privacy/pattern/match.ts';
import { PatternError } from '../privacy/pattern/syntax.ts';
import type { BrokenPolicy, Policy, PolicyHit, PolicySubject } from '../review/policy.ts';
import type { Topic } from '../review/project.ts';
import { applies, topicsOf } from '../review/rubric-use.ts';
import { type CaseFolded, caseFolded, findPhrase } from './case-folded.ts';

/** What one policy may spend on one text, in steps of the automaton: about 0.15 s on a usual computer, and ten times what usual patterns need. */
const STEPS = 4_000_000;

class TooDear extends Error {}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Ready {
  readonly policy: Policy;
  readonly phrases: readonly string[];
  readonly authors: readonly string[];
  readonly pattern: Pattern | null;
}

/** Policies that are ready to be applied. It remembers which of them were cut off: keep it as long as the session goes. */
export interface Compiled {
  readonly ready: readonly Ready[];
  readonly topics: readonly Topic[];
  /** By id: what is off, and why. */
  readonly off: Map<string, BrokenPolicy>;
}

const foldPhrase = (phrase: string) => caseFolded(fold(phrase.trim()).text).text;

/** Makes policies ready. `off`: what is known to be broken from before. */
export function compilePolicies(
  policies: readonly Policy[],
  topics: readonly Topic[],
  off: readonly BrokenPolicy[] = [],
): Compiled {
  const broken = new Map(off.map((one) => [one.id, one]));
  const ready = policies.flatMap((policy): Ready[] => {
    const { id, name, phrases = [], authors = [] } = policy;
    try {
      const pattern = policy.pattern === undefined ? null : compilePattern(policy.pattern);
      const words = phrases.map(foldPhrase).filter(Boolean);
      return [{ policy, phrases: words, authors: authors.map(foldPhrase), pattern }];
    } catch (thrown) {
      if (!(thrown instanceof PatternError)) throw thrown;
      broken.set(id, { id, name, why: `Its pattern cannot be used: ${thrown.message}` });
      return [];
    }
  });
  return { ready, topics, off: broken };
}

const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Whether it is that time, by the local clock. Hours that end as they begin are the whole day. */
export function isWithinHours({ from, until, days }: NonNullable<Policy['hours']>, now: number): boolean {
  const date = new Date(now);
  const [begin, end, at] = [minutes(from), minutes(until), date.getHours() * 60 + date.getMinutes()];
  const isLate = begin >= end && at < end;
  if (isLate ? false : at < begin || (begin < end && at >= end)) return false;
  const day = isLate ? (date.getDay() + 6) % 7 : date.getDay();
  return !days?.length || days.includes(day);
}

/** The copies that phrases and patterns read, made once for each text and only when asked for. */
function reading(original: string) {
  const plain = fold(original);
  let cased: CaseFolded | null = null;
  return {
    plain: plain.text,
    get cased() {
      cased ??= caseFolded(plain.text);
      return cased.text;
    },
    ofPlain: ({ start, end }: Span) => plain.toOriginal(start, end),
    ofCased: ({ start, end }: Span) => {
      const span = cased?.toOriginal(start, end) ?? { start: 0, end: 0 };
      return plain.toOriginal(span.start, span.end);
    },
  };
}
type Reading = ReturnType<typeof reading>;

/** Where a policy's words stand: null where they do not, `nowhere` where it names none. */
function placeOf({ phrases, pattern, policy }: Ready, text: Reading): Span | 'nowhere' | null {
  let left = STEPS;
  const spend = (steps: number) => {
    left -= steps;
    if (left < 0) throw new TooDear();
  };
  let place: Span | 'nowhere' = 'nowhere';
  if (policy.phrases?.length) {
    const found = firstOf(phrases, (phrase) => findPhrase(text.cased, phrase, spend));
    if (!found) return null;
    place = text.ofCased(found);
  }
  if (pattern) {
    const [found] = pattern.findAll(text.plain, spend, 1);
    if (!found) return null;
    place = text.ofPlain(found);
  }
  return place;
}

function firstOf<T, R>(items: readonly T[], of: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = of(item);
    if (found !== null) return found;
  }
  return null;
}

const asks: Record<Policy['demand'], string> = {
  review: 'asks for a review',
  forbid: 'forbids this',
  reason: 'asks for a reason',
  approver: 'asks that somebody else agrees',
};

/** The most of a text that is quoted in a sentence, in UTF-16 code units. */
const QUOTED = 60;

function quotedFrom(text: string, { start, end }: Span): string {
  const whole = text.slice(start, end).replace(/\s+/g, ' ');
  return `“${whole.length > QUOTED ? `${whole.slice(0, QUOTED).replace(/[\ud800-\udbff]$/, '')}…` : whole}”`;
}

function hitOf({ policy }: Ready, place: Span | 'nowhere', subject: PolicySubject): PolicyHit {
  const { id, name, demand, severity, within = 'text' } = policy;
  const said = `Policy “${name}” ${asks[demand]}`;
  const base = { id, name, demand, severity };
  if (place === 'nowhere') return { ...base, span: null, words: `${said}.` };
  if (within === 'prompt')
    return { ...base, span: null, words: `${said}: ${quotedFrom(subject.prompt ?? '', place)} is in the question.` };
  const where = subject.stage === 'draft' ? 'in the draft' : 'in the answer';
  return { ...base, span: place, words: `${said}: ${quotedFrom(subject.text, place)} is ${where}.` };
}

/** Which policies apply. `broken`: all that are off, also from before. */
export function applyPolicies(
  { ready, topics, off }: Compiled,
  subject: PolicySubject,
): { readonly hits: readonly PolicyHit[]; readonly broken: readonly BrokenPolicy[] } {
  if (ready.length === 0) return { hits: [], broken: [...off.values()] };
  const about = { host: subject.host, topics: topicsOf(topics, subject) };
  const author = subject.author === null ? null : foldPhrase(subject.author);
  const texts = { text: reading(subject.text), prompt: reading(subject.prompt ?? '') };
  const isFor = ({ policy: { stage, labels, scope, hours }, authors }: Ready) =>
    (stage === undefined || stage === subject.stage) &&
    (!labels?.length || labels.some((label) => subject.labels.includes(label))) &&
    (authors.length === 0 || (author !== null && authors.includes(author))) &&
    applies(scope, about) &&
    (hours === undefined || isWithinHours(hours, subject.now));

  const hits = ready.flatMap((one): PolicyHit[] => {
    const { id, name, within = 'text' } = one.policy;
    if (off.has(id) || !isFor(one)) return [];
    try {
      const place = placeOf(one, texts[within]);
      return place === null ? [] : [hitOf(one, place, subject)];
    } catch (thrown) {
      if (!(thrown instanceof TooDear)) throw thrown;
      const length = (within === 'prompt' ? (subject.prompt ?? '') : subject.text).length;
      const why = `It took too long on a text of ${length.toLocaleString('en')} characters and was cut off.`;
      off.set(id, { id, name, why });
      return [];
    }
  });
  return { hits, broken: [...off.values()] };
}
