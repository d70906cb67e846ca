/** Where answers are, read once per frame however often it is asked. */
import type { Response } from '../../utils/detection/types.ts';
import { type Box, isEmpty, overlap } from '../../utils/page/box.ts';
import { answerBox, clipBox, clippersOf } from '../../utils/page/surroundings.ts';

/** The least of an answer that must show for the toolbar to stay with it, in CSS px; short answers count by half. */
export const LEAST_SEEN = 24;

export interface Geometry {
  /** A new frame: nothing is known. `anew` where what scrolls and clips may be other elements than before, too. */
  begin(anew: boolean): void;
  /** The whole answer. */
  answer(response: Response): Box;
  /** The part of the viewport in which the answer can show. */
  clip(response: Response): Box;
  /** Enough of the answer shows. */
  isInSight(response: Response): boolean;
}

export function createGeometry(): Geometry {
  let clippers = new WeakMap<Node, readonly Element[]>();
  const answers = new Map<Element, Box>();
  const clips = new Map<readonly Element[], Box>();

  function answer(response: Response): Box {
    const box = answers.get(response.element) ?? answerBox(response);
    answers.set(response.element, box);
    return box;
  }

  function clip({ element }: Response): Box {
    // Neighbors share what scrolls them: their parent stands for all of them.
    const around = element.parentElement ?? element;
    const found = clippers.get(around) ?? clippersOf(element);
    const box = clips.get(found) ?? clipBox(found);
    clippers.set(around, found);
    clips.set(found, box);
    return box;
  }

  return {
    begin(anew) {
      answers.clear();
      clips.clear();
      if (anew) clippers = new WeakMap();
    },
    answer,
    clip,
    isInSight(response) {
      const { top, bottom } = answer(response);
      const seen = overlap(answer(response), clip(response));
      return !isEmpty(seen) && seen.bottom - seen.top >= Math.min(LEAST_SEEN, (bottom - top) / 2);
    },
  };
}
