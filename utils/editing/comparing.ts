/**
 * Comparing the answer under review with others: which ones, in which order, how they rank, how each is rated. What it amounts
 * to goes into the form at once; half a ranking does not. It knows no DOM.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { EditorSession } from '../messaging/contract.ts';
import {
  type Compared,
  cryptoRandom,
  inRandomOrder,
  isRanked,
  MOST_COMPARED,
  type Press,
  preferenceOf,
  pressed,
  type Ranking,
  rankingOf,
  type Strength,
  samePreference,
  unranked,
} from '../review/ranking.ts';
import type { Preference, Rating } from '../review/schema.ts';
import type { Editor } from './editor.ts';
import { plainLines } from './form.ts';

/** One answer that can be compared. */
export interface Candidate extends Pick<Compared, 'responseKey' | 'origin' | 'model' | 'text'> {
  /** Unique among them. */
  readonly key: string;
  /** `own`: the one under review; `page`: another to the same prompt there; `pin`: pinned; `kept`: as it was when it was judged. */
  readonly from: 'own' | 'page' | 'pin' | 'kept';
  /** Null where it is not known. */
  readonly prompt: string | null;
  /** Id to take the pin away by. */
  readonly pinId: string | null;
}

/** What is undone and redone as one. */
interface Step {
  readonly ranking: Ranking;
  readonly strength: Strength;
}

const originOf = (url: string) => URL.parse(url)?.origin ?? url;
const OWN = 'own';

/** All that there is to compare with, the answer under review first, none twice. */
function candidatesOf(session: EditorSession, stored: Preference | undefined): Candidate[] {
  const { responseKey, snapshot, variants, pins } = session;
  const origin = originOf(snapshot.pageUrl);
  const one = (
    from: Candidate['from'],
    key: string,
    of: Pick<EditorSession, 'responseKey' | 'snapshot'>,
    site: string,
  ) => ({
    ...{ key, from, responseKey: of.responseKey, origin: site, pinId: null },
    ...{ model: of.snapshot.model, text: of.snapshot.text, prompt: of.snapshot.prompt },
  });
  const all: Candidate[] = [
    one('own', OWN, { responseKey, snapshot }, origin),
    ...variants.map((variant) => one('page', `page ${variant.responseKey}`, variant, origin)),
    ...pins.map((pin) => ({ ...one('pin', `pin ${pin.id}`, pin, pin.site), pinId: pin.id })),
    ...(stored?.shown ?? []).map((kept, place): Candidate => {
      const { responseKey: keptKey, origin: keptOrigin, model, text } = kept;
      const key = keptKey === responseKey ? OWN : `kept ${place}`;
      return { key, from: 'kept', responseKey: keptKey, origin: keptOrigin, model, text, prompt: null, pinId: null };
    }),
  ];
  const nameOf = ({ key, origin: site, responseKey: id, text }: Candidate) =>
    key === OWN ? OWN : JSON.stringify([site, id, plainLines(text)]);
  const names = all.map(nameOf);
  const isSelf = (each: Candidate) => each.responseKey === responseKey && each.origin === origin;
  return all.filter(
    (each, index) => names.indexOf(names[index] as string) === index && (each.key === OWN || !isSelf(each)),
  );
}

export interface ComparingParts {
  /** 0 ≤ x < 1 for each call. */
  readonly random?: () => number;
}

export class Comparing {
  readonly #editor: Pick<Editor, 'session' | 'form' | 'prefer' | 'rate'>;
  readonly #random: () => number;
  readonly #candidates: Signal<readonly Candidate[]>;
  /** Keys of those that are compared, in the order in which they are shown. */
  readonly #order: Signal<readonly string[]>;
  readonly #step: Signal<Step>;
  readonly #undone = signal<readonly Step[]>([]);
  readonly #done = signal<readonly Step[]>([]);
  /** What the form was last told, or had to begin with. */
  #told: Preference | undefined;
  readonly #ratings = signal<ReadonlyMap<string, readonly Rating[]>>(new Map());

  /** Those that are compared, in the order in which they are shown. */
  readonly shown: ReadonlySignal<readonly Candidate[]>;
  /** Those that could be compared too. */
  readonly others: ReadonlySignal<readonly Candidate[]>;

  constructor(
    editor: Pick<Editor, 'session' | 'form' | 'prefer' | 'rate'>,
    { random = cryptoRandom }: ComparingParts = {},
  ) {
    this.#editor = editor;
    this.#random = random;
    const stored = editor.form.peek().preference ?? undefined;
    this.#told = stored;
    const all = candidatesOf(editor.session, stored);
    this.#candidates = signal(all);
    const keptOrder = stored && orderOf(stored, all, editor.session.responseKey);
    this.#order = signal(keptOrder ?? inRandomOrder(firstChoice(all), random));
    this.#step = signal({
      ranking: stored && keptOrder ? rankingOf(stored) : unranked(this.#order.peek().length),
      strength: stored?.strength ?? 'clear',
    });
    if (stored && keptOrder) {
      this.#ratings.value = new Map(stored.shown.map(({ ratings }, index) => [keptOrder[index] as string, ratings]));
    }
    const byKey = computed(() => new Map(this.#candidates.value.map((each) => [each.key, each])));
    this.shown = computed(() => this.#order.value.map((key) => byKey.value.get(key) as Candidate));
    this.others = computed(() => this.#candidates.value.filter(({ key }) => !this.#order.value.includes(key)));
  }

  get ranking(): Ranking {
    return this.#step.value.ranking;
  }
  get strength(): Strength {
    return this.#step.value.strength;
  }
  get isDone(): boolean {
    return this.shown.value.length > 1 && isRanked(this.ranking);
  }
  get canUndo(): boolean {
    return this.#done.value.length > 0;
  }
  get canRedo(): boolean {
    return this.#undone.value.length > 0;
  }

  /** Whether the form says what was said here: it may have been changed elsewhere meanwhile. */
  isInStepWith(preference: Preference | null): boolean {
    return samePreference(preference ?? undefined, this.#told);
  }

  /** The ratings of one answer; those of the answer under review are the form's own. */
  ratingsOf(key: string): readonly Rating[] {
    return key === OWN ? this.#editor.form.value.ratings : (this.#ratings.value.get(key) ?? []);
  }

  press(press: Press): void {
    if (this.shown.peek().length < 2) return;
    const { ranking, strength } = this.#step.peek();
    const next = pressed(ranking, press);
    if (next !== ranking) this.#go({ ranking: next, strength });
  }

  strengthen(strength: Strength): void {
    const step = this.#step.peek();
    if (step.strength !== strength) this.#go({ ...step, strength });
  }

  undo(): void {
    const last = this.#done.peek().at(-1);
    if (!last) return;
    batch(() => {
      this.#undone.value = [...this.#undone.peek(), this.#step.peek()];
      this.#done.value = this.#done.peek().slice(0, -1);
      this.#step.value = last;
    });
    this.#tell();
  }

  redo(): void {
    const next = this.#undone.peek().at(-1);
    if (!next) return;
    batch(() => {
      this.#done.value = [...this.#done.peek(), this.#step.peek()];
      this.#undone.value = this.#undone.peek().slice(0, -1);
      this.#step.value = next;
    });
    this.#tell();
  }

  /** Answers one question of the rubric for one of the answers; null takes it back. */
  rate(key: string, dimension: string, value: Rating['value'] | null): void {
    if (key === OWN) {
      this.#editor.rate(dimension, value);
      return;
    }
    const others = (this.#ratings.peek().get(key) ?? []).filter((rating) => rating.dimension !== dimension);
    const ratings = value === null ? others : [...others, { dimension, value }];
    this.#ratings.value = new Map([...this.#ratings.peek(), [key, ratings]]);
    this.#tell();
  }

  /** Takes an answer into the comparison, or out of it: all are shuffled and ranked anew. */
  choose(key: string, on: boolean): void {
    const keys = this.#order.peek().filter((each) => each !== key);
    if (key === OWN || (on && keys.length >= MOST_COMPARED)) return;
    this.#begin(on ? [...keys, key] : keys);
  }

  /** A pin is gone. */
  unpinned(pinId: string): void {
    const gone = this.#candidates.peek().find((each) => each.pinId === pinId);
    if (!gone) return;
    batch(() => {
      if (this.#order.peek().includes(gone.key)) this.#begin(this.#order.peek().filter((key) => key !== gone.key));
      this.#candidates.value = this.#candidates.peek().filter((each) => each !== gone);
    });
  }

  #begin(keys: readonly string[]): void {
    batch(() => {
      this.#order.value = inRandomOrder(keys, this.#random);
      this.#step.value = { ranking: unranked(keys.length), strength: 'clear' };
      this.#done.value = this.#undone.value = [];
    });
    this.#tell();
  }

  #go(step: Step): void {
    batch(() => {
      this.#done.value = [...this.#done.peek(), this.#step.peek()];
      this.#undone.value = [];
      this.#step.value = step;
    });
    this.#tell();
  }

  /** Puts what it amounts to into the form. */
  #tell(): void {
    const answers = this.shown.peek().map(({ key, responseKey, origin, model, text }) => ({
      ...{ responseKey, origin, model, text },
      // Those of the answer under review are the judgement's own, and are not said twice.
      ratings: key === OWN ? [] : [...this.ratingsOf(key)],
    }));
    const { ranking, strength } = this.#step.peek();
    const preference = preferenceOf(answers, ranking, strength);
    this.#told = preference ?? undefined;
    this.#editor.prefer(preference);
  }
}

/** What is compared before anybody says otherwise: the answers to the prompt on the page, else what is pinned for it, else all pins. */
function firstChoice(all: readonly Candidate[]): string[] {
  const [own] = all;
  const rest = all.slice(1);
  const onPage = rest.filter(({ from }) => from === 'page');
  const samePrompt = rest.filter(({ from, prompt }) => from === 'pin' && prompt !== null && prompt === own?.prompt);
  const some = [...onPage, ...samePrompt];
  return [OWN, ...(some.length > 0 ? some : rest).map(({ key }) => key)].slice(0, MOST_COMPARED);
}

/** The keys of a stored preference's answers, in its order; null where one is not there any more. */
function orderOf({ shown }: Preference, all: readonly Candidate[], ownKey: string): string[] | null {
  const keys = shown.map(({ responseKey, origin, text }) => {
    if (responseKey === ownKey) return OWN;
    const same = (each: Candidate) =>
      each.responseKey === responseKey && each.origin === origin && plainLines(each.text) === plainLines(text);
    return all.find(same)?.key ?? null;
  });
  return keys.includes(null) || new Set(keys).size < keys.length ? null : (keys as string[]);
}
