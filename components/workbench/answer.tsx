import { useState } from 'preact/hooks';
import type { TextDiff } from '../../utils/review/diff.ts';
import type { Label } from '../../utils/review/rubric.ts';
import type { Review } from '../../utils/review/schema.ts';
import { Segmented } from '../controls/segmented.tsx';
import { DiffView, diffSentence } from '../review/diff-view.tsx';
import { FoundText } from '../review/found-text.tsx';
import { numberWords } from './wording.ts';

interface AnswerProps {
  readonly review: Review;
  /** null where there is no correction, or it is being compared. */
  readonly diff: TextDiff | null;
  /** Names of labels, those of earlier rubrics too. */
  readonly labels: readonly Label[];
}

type Side = 'changes' | 'answer' | 'correction';

const sides = [
  { value: 'changes', label: 'Changes' },
  { value: 'answer', label: 'Answer' },
  { value: 'correction', label: 'Correction' },
] as const;

/** A long text from a page: scrolls inside, is only ever text. */
export function PlainText({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="wb-text captured" aria-label={label} dir="auto" tabIndex={0}>
      {text}
    </section>
  );
}

function truncation({ snapshot }: Review): string | null {
  const notes = [
    snapshot.truncated && `It was longer than is kept: ${numberWords(snapshot.length)} characters.`,
    !snapshot.settled && 'It was still being written when it was judged.',
  ].filter(Boolean);
  return notes.length > 0 ? notes.join(' ') : null;
}

/** The answer as it stood, and what the reviewer made of it. */
export function Answer({ review, diff, labels }: AnswerProps) {
  const [side, setSide] = useState<Side>('changes');
  const { correction, findings } = review.judgement;
  const isAnswer = correction === null || side === 'answer';
  const { text } = review.snapshot;
  const note = truncation(review);
  return (
    <section class="wb-part" aria-labelledby="answer-title">
      <div class="wb-part-head">
        <h3 id="answer-title">{correction === null ? 'Answer' : 'Answer and correction'}</h3>
        {correction !== null && <Segmented label="Show" options={sides} value={side} onPick={setSide} />}
      </div>
      {isAnswer ? (
        !findings && <PlainText text={text} label="The answer" />
      ) : side === 'correction' ? (
        <PlainText text={correction} label="The correction" />
      ) : diff ? (
        <>
          <DiffView diff={diff} label="From the answer to the correction" />
          <p class="quiet small">{diffSentence(diff)}</p>
        </>
      ) : (
        <p class="quiet">Comparing</p>
      )}
      {findings && <FoundText text={text} label="The answer" findings={findings} labels={labels} withText={isAnswer} />}
      {note && <p class="quiet small">{note}</p>}
    </section>
  );
}
