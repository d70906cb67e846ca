import { Check, Pencil, X } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { TextDiff } from '../../utils/review/diff.ts';
import { diffInSlices } from '../../utils/review/diff-slices.ts';
import { Button } from '../controls/button.tsx';
import { DiffView } from '../review/diff-view.tsx';
import type { AssistanceActions, AssistanceModel, Card } from './view.ts';

interface ProposalCardProps {
  readonly card: Card;
  readonly model: Pick<AssistanceModel, 'labels' | 'answer' | 'corrected'>;
  readonly on: Pick<AssistanceActions, 'take' | 'edit' | 'dismiss'>;
}

const cannot = {
  gone: 'These words do not stand in the answer, so no finding can be made of it.',
  ambiguous: 'These words stand in the answer more than once, so it is not clear which are meant.',
} as const;

const isTyping = (target: EventTarget | null) => target instanceof Element && target.matches('textarea, input, select');

/** One proposal, to take, to edit or to put away. Everything in it is the model's text. */
export function ProposalCard({ card, model, on }: ProposalCardProps) {
  const { proposal, is } = card;
  const { id } = proposal;
  const placed = proposal.kind !== 'finding' || typeof proposal.place !== 'string';
  const act = (how: 'take' | 'edit' | 'dismiss') => (event: MouseEvent | KeyboardEvent) => {
    const item = (event.currentTarget as Element).closest('li');
    on[how](id, event);
    if (how !== 'edit') focusAfter(item);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (ctrlKey || metaKey || altKey || shiftKey || event.isComposing || isTyping(event.target)) return;
    const item = event.currentTarget as Element;
    if (key === 'ArrowDown' || key === 'ArrowUp') focusIn(neighbor(item, key === 'ArrowDown'));
    else if (is !== 'open') return;
    else if (key === 't' && placed) act('take')(event);
    else if (key === 'e' && placed) act('edit')(event);
    else if (key === 'x') act('dismiss')(event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <li class={`as-card as-card-${is}`} data-proposal={id} onKeyDown={onKeyDown}>
      <Proposed card={card} model={model} />
      {is === 'open' ? (
        <div class="as-buttons">
          {placed && (
            <Button icon={Check} keys="t" onPress={act('take')}>
              Take
            </Button>
          )}
          {placed && proposal.kind !== 'label' && (
            <Button kind="quiet" icon={Pencil} keys="e" onPress={act('edit')}>
              Edit
            </Button>
          )}
          <Button kind="quiet" icon={X} keys="x" onPress={act('dismiss')}>
            Dismiss
          </Button>
        </div>
      ) : (
        <p class="small quiet as-fate" tabIndex={-1}>
          {is === 'taken' ? 'Taken over: it is yours now, to change or to undo.' : 'Dismissed.'}
        </p>
      )}
    </li>
  );
}

function Proposed({ card: { proposal, is }, model }: Omit<ProposalCardProps, 'on'>) {
  const nameOf = (label: string | null) => model.labels.find((one) => one.id === label)?.name ?? null;
  switch (proposal.kind) {
    case 'label':
      return (
        <p>
          Label <strong class="captured">{proposal.name}</strong>
        </p>
      );
    case 'finding': {
      const { quote, label, note, replacement, place } = proposal;
      const name = nameOf(label);
      return (
        <>
          <p>
            Finding{name !== null && ': '}
            {name !== null && <strong class="captured">{name}</strong>}
          </p>
          <blockquote class="captured as-quote">{quote}</blockquote>
          {note !== null && <p class="captured">{note}</p>}
          {replacement !== null && (
            <p class="captured">
              <span class="quiet">{replacement === '' ? 'Proposes to take these words out.' : 'Better: '}</span>
              {replacement}
            </p>
          )}
          {typeof place === 'string' && <p class="small quiet">{cannot[place]}</p>}
        </>
      );
    }
    case 'correction':
      return (
        <>
          <p>Correction</p>
          {is === 'open' && <Changes answer={model.answer} text={proposal.text} />}
          {is === 'open' && model.corrected && (
            <p class="small quiet">Taken, it replaces what the correction field says now; undo brings that back.</p>
          )}
        </>
      );
  }
}

/** The proposed text against the answer. */
function Changes({ answer, text }: { readonly answer: string; readonly text: string }) {
  const [diff, setDiff] = useState<TextDiff | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    void diffInSlices(answer, text, { signal: gone.signal }).then((found) => {
      if (!gone.signal.aborted) setDiff(found);
    });
    return () => gone.abort();
  }, [answer, text]);
  return diff ? (
    <DiffView diff={diff} label="What the proposed correction changes" />
  ) : (
    <p class="captured as-text">{text}</p>
  );
}

const neighbor = (item: Element, down: boolean) => (down ? item.nextElementSibling : item.previousElementSibling);

function focusIn(item: Element | null): void {
  item?.querySelector<HTMLElement>('button, .as-fate')?.focus();
}

/** To the next proposal that is open, from above or below; else to the one that was just decided. */
function focusAfter(item: Element | null): void {
  const all = [...(item?.parentElement?.children ?? [])];
  const at = item ? all.indexOf(item) : -1;
  const next = [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))].find((one) => one.matches('.as-card-open'));
  if (next) focusIn(next);
  // Once the card that was decided has been drawn anew.
  else requestAnimationFrame(() => focusIn(item));
}
