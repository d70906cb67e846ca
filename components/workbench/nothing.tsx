import { Button } from '../controls/button.tsx';
import { Empty } from './empty.tsx';

export interface NothingProps {
  /** There are reviews, but none fits the filters; takes the filters away. Null where there are none at all. */
  readonly onShowAll: (() => void) | null;
}

/** An empty list, and the next step. */
export function Nothing({ onShowAll }: NothingProps) {
  if (onShowAll) {
    return (
      <Empty title="Nothing matches">
        <p>Search looks in answers, prompts, corrections and comments; all words must occur.</p>
        <Button onPress={onShowAll}>Show all reviews</Button>
      </Empty>
    );
  }
  return (
    <Empty title="No reviews yet">
      <p>
        Turn on a site, open a chat there, move the pointer over an answer and press one key: it is judged, and listed
        here.
      </p>
      <p>
        <a href="#/welcome">Turn on a site and see the keys</a>
      </p>
    </Empty>
  );
}
