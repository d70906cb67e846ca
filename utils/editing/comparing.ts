/**
 * Comparing the answer under review with others: which ones, in which order, how they rank, how each is rated. What it amounts
 * to goes into the form at once; half a ranking is kept beside it, with the draft. It knows no DOM.
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
  stepsTo,
  unranked,
} from '../review/ranking.ts';
import type { Dimension } from '../review/rubric.ts';
import { type Asked, settled, shownDimensions } from '../review/rubric-use.ts';
import type { Comparison, Preference, Rating } from '../review/schema.ts';
import type { Editor } from './editor.ts';
import { plainLines, rated, reasoned } from './form.ts';

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

/** What was said before: to the end, or not. */
type Said = Preference | Comparison;

/** All that there is to compare with, the answer under review first, none twice. */
function candidatesOf(session: EditorSession, stored: Said | undefined): Candidate[] {
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

/** What of the editor it is about. */
type Under = Pick<Editor, 'session' | 'form' | 'comparison' | 'prefer' | 'rate' | 'reason'>;

export class Comparing {
  readonly #editor: Under;
  readonly #random: () => number;
  readonly #candidates: Signal<readonly Candidate[]>;
  /** Keys of those that are compared, in the order in which they are shown. */
  readonly #order: Signal<readonly string[]>;
  readonly #step: Signal<Step>;
  readonly #undone = signal<readonly Step[]>([]);
  readonly #done = signal<readonly Step[]>([]);
  /** What the editor was last told, or had to begin with. */
  #told: Preference | undefined;
  #begun: Comparison | null;
  /** Which ones are compared was said, not found. */
  #isChosen = false;
  readonly #ratings = signal<ReadonlyMap<string, readonly Rating[]>>(new Map());

  /** Those that are compared, in the order in which they are shown. */
  readonly shown: ReadonlySignal<readonly Candidate[]>;
  /** Those that could be compared too. */
  readonly others: ReadonlySignal<readonly Candidate[]>;

  constructor(editor: Under, { random = cryptoRandom }: ComparingParts = {}) {
    this.#editor = editor;
    this.#random = random;
    const stored = editor.form.peek().preference ?? undefined;
    this.#told = stored;
    this.#begun = editor.comparison.peek();
    const said = stored ?? this.#begun ?? undefined;
    const all = candidatesOf(editor.session, said);
    this.#candidates = signal(all);
    const keptOrder = said && orderOf(said, all, editor.session.responseKey);
    this.#order = signal(keptOrder ?? inRandomOrder(firstChoice(all), random));
    const rankings = keptOrder && said ? rankingsOf(said) : [unranked(this.#order.peek().length)];
    const strength = said?.strength ?? 'clear';
    this.#step = signal({ ranking: rankings.at(-1) as Ranking, strength });
    this.#done.value = rankings.slice(0, -1).map((ranking) => ({ ranking, strength }));
    if (said && keptOrder) {
      this.#isChosen = true;
      this.#ratings.value = new Map(said.shown.map(({ ratings }, index) => [keptOrder[index] as string, ratings]));
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

  /** Whether the editor says what was said here: it may have been changed elsewhere meanwhile. */
  get isInStep(): boolean {
    const { form, comparison } = this.#editor;
    return samePreference(form.peek().preference ?? undefined, this.#told) && comparison.peek() === this.#begun;
  }

  /** The ratings of one answer; those of the answer under review are the form's own. */
  ratingsOf(key: string): readonly Rating[] {
    return key === OWN ? this.#editor.form.value.ratings : (this.#ratings.value.get(key) ?? []);
  }

  /** The questions that are asked of one answer now. Of the others there is no verdict and no label, so what hangs on those is not. */
  dimensionsOf(key: string): readonly Dimension[] {
    const { form, session } = this.#editor;
    return shownDimensions(session.rubric, key === OWN ? form.value : this.#askedOf(key));
  }

  #askedOf(key: string): Asked {
    return { verdict: null, labels: [], ratings: this.ratingsOf(key) };
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
    this.#rated(key, rated(this.ratingsOf(key), dimension, value));
  }

  /** Why one of the answers is rated like that. */
  reason(key: string, dimension: string, text: string): void {
    if (key === OWN) this.#editor.reason(dimension, text);
    else this.#rated(key, reasoned(this.ratingsOf(key), dimension, text));
  }

  #rated(key: string, ratings: readonly Rating[]): void {
    this.#ratings.value = new Map([...this.#ratings.peek(), [key, ratings]]);
    this.#tell();
  }

  /** Takes an answer into the comparison, or out of it: all are shuffled and ranked anew. */
  choose(key: string, on: boolean): void {
    const keys = this.#order.peek().filter((each) => each !== key);
    if (key === OWN || (on && keys.length >= MOST_COMPARED)) return;
    this.#isChosen = true;
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

  /** Puts what it amounts to into the form, or keeps what was said so far. */
  #tell(): void {
    const { rubric } = this.#editor.session;
    const answersWith = (ratingsOf: (key: string) => readonly Rating[]) =>
      this.shown.peek().map(({ key, responseKey, origin, model, text }) => ({
        ...{ responseKey, origin, model, text },
        // Those of the answer under review are the judgement's own, and are not said twice.
        ratings: key === OWN ? [] : [...ratingsOf(key)],
      }));
    const { ranking, strength } = this.#step.peek();
    const preference = preferenceOf(
      answersWith((key) => settled(this.#askedOf(key), rubric).ratings),
      ranking,
      strength,
    );
    const { groups, joins } = ranking;
    const shown = answersWith((key) => this.ratingsOf(key));
    const isBegun = groups.length > 0 || this.#isChosen || shown.some(({ ratings }) => ratings.length > 0);
    this.#told = preference ?? undefined;
    this.#begun =
      preference === null && isBegun && shown.length > 1
        ? { shown, groups: groups.map((group) => [...group]), joins, strength }
        : null;
    this.#editor.prefer(preference, this.#begun);
  }
}

/** The rankings on the way to what was said: of an end, only that. */
function rankingsOf(said: Said): Ranking[] {
  return 'outcome' in said ? [rankingOf(said)] : stepsTo(said.shown.length, said);
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
function orderOf({ shown }: Said, all: readonly Candidate[], ownKey: string): string[] | null {
  const keys = shown.map(({ responseKey, origin, text }) => {
    if (responseKey === ownKey) return OWN;
    const same = (each: Candidate) =>
      each.responseKey === responseKey && each.origin === origin && plainLines(each.text) === plainLines(text);
    return all.find(same)?.key ?? null;
  });
  return keys.includes(null) || new Set(keys).size < keys.length ? null : (keys as string[]);
}
