/** The signs on answers that have a review or ask for one, for those in view. */
import type { VNode } from 'preact';
import { AskButton, MarkButton } from '../../components/toolbar/mark-button.tsx';
import type { PageState } from '../../utils/messaging/contract.ts';
import type { Book, Entry } from './book.ts';
import type { Follow } from './follow.ts';
import type { Geometry } from './geometry.ts';

/** Most marks that are drawn at once. */
const MOST_MARKS = 60;
/** In CSS px. */
const SIZE = 20;
/** Room that the words of a sign take beside an answer. */
const WORDS = 132;

interface MarksParts {
  readonly book: Book;
  readonly follow: Follow;
  readonly geometry: Geometry;
  readonly page: () => PageState;
  readonly onMark: (entry: Entry, event: MouseEvent) => void;
}

/** A function that gives the marks to be drawn now, beside all answers but the active one, which has the toolbar. */
export function createMarks({ book, follow, geometry, page, onMark }: MarksParts): (active: Entry | null) => VNode[] {
  return (active) => {
    const drawn: VNode[] = [];
    for (const entry of book.present()) {
      const { response, mark, asks, corrected, key } = entry;
      if (!(mark || asks || corrected) || !response || entry === active || !follow.isInView(response.element)) continue;
      const clip = geometry.clip(response);
      const answer = geometry.answer(response);
      const hasRoom = !mark && clip.right - answer.right >= WORDS;
      const left = Math.round(Math.min(answer.right + 6, clip.right - SIZE - 4));
      const top = Math.round(answer.top + 2);
      if (top < clip.top || top + SIZE > clip.bottom || drawn.length >= MOST_MARKS) continue;
      const onPress = (event: MouseEvent) => onMark(entry, event);
      drawn.push(
        mark ? (
          <MarkButton key={key} {...{ mark, left, top, onPress, labels: page().labels }} />
        ) : (
          <AskButton key={key} {...{ asks, corrected, left, top, onPress, inWords: hasRoom }} />
        ),
      );
    }
    return drawn;
  };
}
