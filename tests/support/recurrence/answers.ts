/**
 * Answers for scoring the memory of corrections, made by chance from a seed: corrected ones, the stated ways in which each may come
 * again, and unrelated ones that speak of the same deeds and things in the same sentences.
 */
import type { Subject } from '../../../utils/recurrence/sketch.ts';
import { buttons, type Deed, dates, deeds, menus, names, prompts, roles, synonyms, tabs, things } from './words.ts';

/** Numbers from 0 up to 1, the same for the same seed (mulberry32, Tommy Ettinger, public domain). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;
type Role = keyof typeof roles;

/** What an answer is about, and which sentences it has: apart from the values that differ from customer to customer. */
interface Plan {
  readonly deed: Deed;
  readonly thing: string;
  readonly sentences: readonly { readonly role: Role; readonly form: string }[];
  readonly prompt: string;
  readonly fixed: Readonly<Record<'menu' | 'tab' | 'button', string>>;
}

type Values = Readonly<Record<'name' | 'days' | 'hours' | 'weeks' | 'amount' | 'date' | 'code', string>>;

const pick = <Item>(random: Random, from: readonly Item[]): Item => from[Math.floor(random() * from.length)] as Item;
const whole = (random: Random, from: number, to: number) => String(from + Math.floor(random() * (to - from)));

function values(random: Random): Values {
  return {
    name: pick(random, names),
    days: whole(random, 2, 60),
    hours: whole(random, 2, 72),
    weeks: whole(random, 2, 9),
    amount: `${whole(random, 3, 90)}.${whole(random, 10, 99)}`,
    date: pick(random, dates),
    code: `${whole(random, 100, 999)}-${whole(random, 10_000, 99_999)}`,
  };
}

const shuffled = <Item>(random: Random, items: readonly Item[]) =>
  items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

const middle: readonly Role[] = ['can', 'steps', 'time', 'cost', 'exception'];

function planOf(random: Random, deed: Deed, thing: string): Plan {
  const between = shuffled(random, [...middle, ...shuffled(random, middle).slice(0, 2)]).slice(
    0,
    4 + Math.floor(random() * 4),
  );
  const forms = new Set<string>();
  const sentences = (['opening', ...between, 'closing'] as const)
    .map((role) => ({ role, form: pick(random, roles[role]) }))
    .filter(({ form }) => !forms.has(form) && forms.add(form));
  return {
    ...{ deed, thing, sentences, prompt: pick(random, prompts) },
    fixed: { menu: pick(random, menus), tab: pick(random, tabs), button: pick(random, buttons) },
  };
}

function fill(form: string, { deed, thing, fixed }: Plan, given: Values): string {
  const words: Record<string, string> = { ...given, ...fixed, thing, verb: deed.verb, noun: deed.noun };
  return form.replace(/\{(\w+)\}/g, (_, name: string) => words[name] ?? name);
}

function speak(plan: Plan, given: Values, forms: readonly string[] = plan.sentences.map(({ form }) => form)): Subject {
  return { text: forms.map((form) => fill(form, plan, given)).join(' '), prompt: fill(plan.prompt, plan, given) };
}

/** A corrected answer: what was wrong in it, and what should stand there. */
export interface Corrected {
  readonly subject: Subject;
  readonly correction: string;
  readonly plan: Plan;
  readonly given: Values;
}

/** In which ways an answer comes again. Each keeps what it is about. */
export const ways = [
  'the same text',
  'other numbers',
  'other customer',
  'reordered',
  'sentences added',
  'half shortened',
  'synonyms',
  'asked otherwise',
  'synonyms, numbers, customer, order',
  'the corrected text',
] as const;
export type Way = (typeof ways)[number];

/** Replaces about this share of the words that have synonyms. */
function reworded(random: Random, text: string, share: number): string {
  return text.replace(/\p{L}+/gu, (one) => {
    const others = synonyms.get(one.toLowerCase());
    return others && random() < share ? pick(random, others) : one;
  });
}

function rephrased(random: Random, { deed, thing }: Plan, given: Values): string {
  const verb = pick(random, [deed.verb, deed.verb, ...deed.others]);
  const ask = pick(random, [
    `Hey, I need to ${verb} the ${thing}, could you tell me how that works?`,
    `${given.name} here. What happens if I ${verb} my ${thing}?`,
    `I tried to ${verb} my ${thing} yesterday but I do not see where.`,
    `Question about my ${thing}: I have to ${verb} it.`,
  ]);
  return ask;
}

/** The answer as it comes again in one of the ways. */
export function again(random: Random, { subject, correction, plan, given }: Corrected, way: Way): Subject {
  const forms = plan.sentences.map(({ form }) => form);
  const prompt = rephrased(random, plan, given);
  switch (way) {
    case 'the same text':
      return subject;
    case 'other numbers': {
      const { name, ...other } = values(random);
      return speak(plan, { ...given, ...other });
    }
    case 'other customer':
      return speak(plan, { ...given, name: pick(random, names), code: values(random).code });
    case 'reordered':
      return speak(plan, given, shuffled(random, forms));
    case 'sentences added': {
      const more = [pick(random, roles.can), pick(random, roles.exception), pick(random, roles.cost)];
      return speak(plan, given, [...forms.slice(0, 2), ...more, ...forms.slice(2)]);
    }
    case 'half shortened':
      return speak(plan, given, shuffled(random, forms).slice(0, Math.ceil(forms.length / 2)));
    case 'synonyms':
      return { ...subject, text: reworded(random, subject.text, 0.7) };
    case 'asked otherwise':
      return { ...subject, prompt };
    case 'synonyms, numbers, customer, order': {
      const whole = speak(plan, values(random), shuffled(random, forms));
      return { text: reworded(random, whole.text, 0.5), prompt };
    }
    case 'the corrected text':
      return { ...subject, text: correction };
  }
}

/** Deeds with things, each once, in an order drawn by lot. */
function topics(random: Random): readonly { readonly deed: Deed; readonly thing: string }[] {
  return shuffled(
    random,
    deeds.flatMap((deed) => things.map((thing) => ({ deed, thing }))),
  );
}

/** Answers of topics of their own, each corrected in one sentence: another fact, a removed one, or one added. */
export function correctedAnswers(seed: number, count: number): readonly Corrected[] {
  const random = chance(seed);
  return topics(random)
    .slice(0, count)
    .map(({ deed, thing }, index) => {
      const [plan, given] = [planOf(random, deed, thing), values(random)];
      const forms = plan.sentences.map(({ form }) => form);
      const at = 1 + Math.floor(random() * (forms.length - 2));
      const { role } = plan.sentences[at] ?? { role: 'can' as const };
      const instead = pick(
        random,
        roles[role].filter((form) => !forms.includes(form)),
      );
      const right = [
        forms.with(at, instead),
        forms.toSpliced(at, 1),
        forms.toSpliced(at, 0, instead),
        forms.toSpliced(at, 1, instead, pick(random, roles.exception)),
      ][index % 4] as readonly string[];
      return { subject: speak(plan, given), correction: speak(plan, given, right).text, plan, given };
    });
}

/** Unrelated answers, of topics that were not corrected. */
export function unrelatedAnswers(seed: number, corrected: number, count: number): readonly Subject[] {
  const others = topics(chance(seed)).slice(corrected);
  const random = chance(seed + 1);
  return Array.from({ length: count }, () => {
    const { deed, thing } = pick(random, others);
    return speak(planOf(random, deed, thing), values(random));
  });
}

/** The very sentences of a corrected answer about another thing, or another deed, that nobody corrected. */
export function lookAlikes(seed: number, corrected: readonly Corrected[], count: number): readonly Subject[] {
  const taken = new Set(corrected.map(({ plan }) => `${plan.deed.verb} ${plan.thing}`));
  const random = chance(seed + 2);
  const found: Subject[] = [];
  while (found.length < count) {
    const { plan } = pick(random, corrected);
    const other: Plan =
      random() < 0.5 ? { ...plan, thing: pick(random, things) } : { ...plan, deed: pick(random, deeds) };
    if (taken.has(`${other.deed.verb} ${other.thing}`)) continue;
    // Two sentences differ, the others are the same but for what they are about.
    const forms = plan.sentences.map(({ role, form }) => (random() < 0.3 ? pick(random, roles[role]) : form));
    found.push(speak(other, values(random), forms));
  }
  return found;
}

const syllables = 'ba,cor,del,fen,gal,hy,in,jor,kel,lum,mar,nov,or,pex,quil,ras,sol,tam,ul,vor,wex,yar,zen'.split(',');

/** Many answers of many products with names of their own, each corrected in one sentence: a large team's memory. */
export function* manyCorrected(seed: number, count: number): Generator<Corrected> {
  const random = chance(seed);
  for (let at = 0; at < count; at += 1) {
    const name = Array.from({ length: 3 }, () => pick(random, syllables)).join('');
    const [plan, given] = [planOf(random, pick(random, deeds), `${name} ${pick(random, things)}`), values(random)];
    const forms = plan.sentences.map(({ form }) => form);
    const instead = pick(random, roles.time);
    const right = forms.includes(instead) ? forms.toSpliced(2, 1) : forms.with(2, instead);
    yield { subject: speak(plan, given), correction: speak(plan, given, right).text, plan, given };
  }
}
