import { useState } from 'preact/hooks';
import type { TextDiff } from '../../utils/review/diff.ts';
import { type DiffPiece, piecesOf } from './diff-pieces.ts';

interface DiffViewProps {
  /** From `diffText` or, for long texts, `diffInSlices` (utils/review). */
  readonly diff: TextDiff;
  /** Name of the region. */
  readonly label?: string;
}

/** How many pieces are drawn at first, and more with each request. */
const PAGE = 400;

const numbers = new Intl.NumberFormat('en');

/** What `+3 −2` means, in words. */
export function diffSentence({ stats, exact }: TextDiff): string {
  if (stats.added === 0 && stats.removed === 0 && stats.kept === 1) return 'Nothing changed yet';
  const words = (count: number) => `${numbers.format(count)} ${count === 1 ? 'word' : 'words'}`;
  // Never rounded to all or nothing: that would say that nothing changed, or that nothing stayed.
  const percent =
    stats.kept === 0 || stats.kept === 1 ? stats.kept * 100 : Math.min(99, Math.max(1, Math.round(stats.kept * 100)));
  const coarse = exact ? '' : ' · compared coarsely: very different';
  return `${words(stats.added)} added · ${words(stats.removed)} removed · ${percent} % kept${coarse}`;
}

/** The first letter decides, as with `dir="auto"`, which does not look into what has a direction of its own. */
function directionOf({ runs }: TextDiff): 'rtl' | 'ltr' {
  for (const { text } of runs) {
    const [letter] = /\p{L}/u.exec(text) ?? [];
    if (letter)
      return /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}]/u.test(letter)
        ? 'rtl'
        : 'ltr';
  }
  return 'ltr';
}

function Piece({ piece, onOpen }: { readonly piece: DiffPiece; readonly onOpen: (run: number) => void }) {
  if (piece.kind === 'hidden') {
    const what = { same: 'unchanged', removed: 'removed', added: 'added' }[piece.op];
    return (
      <button type="button" class="rv-diff-more" onClick={() => onOpen(piece.run)}>
        {`Show ${numbers.format(piece.characters)} ${what} characters`}
      </button>
    );
  }
  if (piece.kind === 'same') return <>{piece.text}</>;
  // A changed line end would not be seen.
  const mark = /^[\n\r]+$/.test(piece.text) ? 'rv-diff-line-end' : undefined;
  return piece.kind === 'removed' ? (
    <del class={mark} dir="auto">
      {piece.text}
    </del>
  ) : (
    <ins class={mark} dir="auto">
      {piece.text}
    </ins>
  );
}

/** One text turned into another, changes marked. Long unchanged stretches fold away; text is only ever shown as text. */
export function DiffView({ diff, label = 'Changes' }: DiffViewProps) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [shown, setShown] = useState(PAGE);
  const pieces = piecesOf(diff.runs, opened, shown + 1);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="rv-diff captured" aria-label={label} dir={directionOf(diff)} tabIndex={0}>
      {pieces.slice(0, shown).map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
        <Piece key={index} piece={piece} onOpen={(run) => setOpened(new Set([...opened, run]))} />
      ))}
      {pieces.length > shown && (
        <button type="button" class="rv-diff-more" onClick={() => setShown(shown + PAGE)}>
          Show more changes
        </button>
      )}
    </section>
  );
}
