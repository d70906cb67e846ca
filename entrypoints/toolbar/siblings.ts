/**
 * The other answers to the prompt of a response: those beside it, and those that a pager or a new try has put out of sight
 * since the reviewer was at them. These are remembered as captured then, in this script, as long as the page is there.
 */
import type { Detector, Response } from '../../utils/detection/types.ts';
import type { Snapshot, Variant } from '../../utils/review/schema.ts';

/** As many as an editor is opened with. */
const MOST_VARIANTS = 7;
/** Answers that are remembered, over all prompts. */
const MOST_REMEMBERED = 40;

interface SiblingsParts {
  readonly detector: Pick<Detector, 'responses' | 'prompt'>;
  readonly capture: (response: Response) => Snapshot;
}

export interface Siblings {
  /** The reviewer is at this answer: it is remembered, once it has settled, for when another takes its place. */
  see(response: Response): void;
  /** Without the answer itself, as they stand now, or stood when they were last seen. */
  of(response: Response): readonly Variant[];
}

/** As much of a prompt as tells it from others, in characters, whether or not prompts are kept. */
const PROMPT = 2_000;

/** What is remembered of an answer: nothing of it holds on to the page's nodes. */
interface Seen {
  readonly place: string | null;
  readonly snapshot: Snapshot;
}

export function createSiblings({ detector, capture }: SiblingsParts): Siblings {
  const seen = new Map<string, Seen>();
  /** The detector makes another object with each change: what is known of this one need not be read again. */
  const read = new WeakMap<Response, Seen>();
  /** Where an answer belongs: what is out of sight can be told by nothing else. */
  const placeOf = (response: Response) => {
    const prompt = detector.prompt(response, PROMPT);
    return prompt === null ? null : JSON.stringify([response.conversationKey, prompt]);
  };
  return {
    see(response) {
      if (!response.settled || response.role !== 'assistant') return;
      const known = read.get(response) ?? { place: placeOf(response), snapshot: capture(response) };
      read.set(response, known);
      // Again, so that it is the newest.
      seen.delete(response.key);
      seen.set(response.key, known);
      const [oldest] = seen.keys();
      if (seen.size > MOST_REMEMBERED && oldest !== undefined) seen.delete(oldest);
    },
    of(response) {
      const { variantOf, key } = response;
      if (variantOf === null) return [];
      const here = detector.responses();
      const beside = here.filter((each) => each.variantOf === variantOf && each.key !== key && each.settled);
      const present = new Set(here.map((each) => each.key));
      const [own, { text }] = [placeOf(response), capture(response)];
      const gone = [...seen].filter(
        ([each, { place, snapshot }]) =>
          !present.has(each) && place !== null && place === own && snapshot.text !== text,
      );
      return [
        ...beside.map((each): Variant => ({ responseKey: each.key, snapshot: capture(each) })),
        ...gone.map(([responseKey, { snapshot }]): Variant => ({ responseKey, snapshot })),
      ].slice(0, MOST_VARIANTS);
    },
  };
}
