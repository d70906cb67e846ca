/** What an answer states that neither the question nor what was said before gave: it may be right, and somebody has to know. */
import { type Fact, type FactKind, factsOf } from '../facts.ts';
import { none, type Signal, saturate, type TriageSubject } from '../types.ts';

/** How much one unsupported fact of a kind weighs: what costs most where it is invented weighs most. */
const weights: Readonly<Record<FactKind, number>> = {
  price: 0.45,
  share: 0.4,
  date: 0.35,
  address: 0.35,
  link: 0.3,
  code: 0.3,
  span: 0.22,
  name: 0.12,
  number: 0.08,
};

const nouns: Readonly<Record<FactKind, string>> = {
  price: 'price',
  share: 'share',
  date: 'date',
  address: 'address',
  link: 'link',
  code: 'number',
  span: 'time or amount',
  name: 'name',
  number: 'number',
};

/** Without a question to compare with, half of it is ignorance. */
const UNKNOWN = 0.5;

/** Whether a fact is one at all: counting to ten, and the numbers of a list, are not. */
function isClaim({ kind, value, at }: Fact, text: string): boolean {
  if (kind !== 'number') return true;
  const lineStart = at === 0 || text[at - 1] === '\n';
  return !lineStart && !(value <= 10) && !/^\s*[)/.]/.test(text.slice(at + 1, at + 4));
}

/** Facts of the answer that nothing said before supports; the same one once. */
function unsupported(text: string, said: string): Fact[] {
  const known = factsOf(said);
  const keys = new Set(known.map(({ key }) => key));
  const values = new Set(known.map(({ value }) => value).filter((value) => !Number.isNaN(value)));
  const lower = said.toLowerCase();
  const seen = new Set<string>();
  return factsOf(text).filter((fact) => {
    if (!isClaim(fact, text) || seen.has(fact.key)) return false;
    seen.add(fact.key);
    const isKnown = keys.has(fact.key) || (fact.kind !== 'date' && values.has(fact.value));
    return !isKnown && !(fact.kind === 'name' && lower.includes(fact.text.toLowerCase()));
  });
}

export function claims({ prompt, before }: Pick<TriageSubject, 'prompt' | 'before'>, text: string): Signal {
  const found = unsupported(text, `${prompt ?? ''}\n${before}`);
  if (found.length === 0) return none;
  const sum = found.reduce((total, { kind }) => total + weights[kind], 0);
  const strength = saturate(sum) * (prompt === null && before === '' ? UNKNOWN : 1);
  const heaviest = found.reduce((one, other) => (weights[other.kind] > weights[one.kind] ? other : one));
  const others = found.length > 1 ? `, nor ${found.length - 1} more` : '';
  const where = prompt === null ? 'what was said before' : 'the question';
  return { strength, words: `${nouns[heaviest.kind]} ${heaviest.text.slice(0, 80)} is not in ${where}${others}` };
}
