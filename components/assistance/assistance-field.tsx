import './assistance.css';
import { Sparkles, TriangleAlert, X } from 'lucide';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Status } from '../controls/status.tsx';
import { places } from '../editor/view.ts';
import { ProposalCard } from './proposal-card.tsx';
import { SentToModel } from './sent.tsx';
import type { AssistanceActions, AssistanceModel } from './view.ts';

interface AssistanceFieldProps {
  readonly model: AssistanceModel;
  readonly on: AssistanceActions;
}

/** Who would be asked, in words. */
function whoWords({ by, url, model }: AssistanceModel['offer']): string {
  return by === 'built-in' ? 'the browser’s own model, on this computer' : `${model} at ${URL.parse(url)?.host ?? url}`;
}

function hintWords({ allowed, offer, state }: AssistanceModel): string {
  if (!allowed) return `Once you have a verdict of your own, you can ask ${whoWords(offer)}.`;
  if (state.is !== 'idle') return `From ${whoWords(offer)}. It can be wrong, and decides nothing.`;
  return offer.by === 'built-in'
    ? `Asks ${whoWords(offer)}. Nothing leaves it.`
    : `Sends question and answer, redacted, to ${whoWords(offer)}. Nothing is sent before you press.`;
}

function countWords({ cards, state, plain }: AssistanceModel): string {
  const shown = cards.filter(({ is }) => is === 'open').length;
  const note = state.is === 'done' && state.note !== null ? `${state.note} ` : '';
  if (plain !== null) return `${note}The model answered something that is no proposal:`;
  if (cards.length === 0) return note === '' ? 'The model proposes nothing.' : note.trim();
  const words = shown === 1 ? 'One proposal is open' : `${shown} proposals are open`;
  return shown === 0 ? `${note}All proposals are decided.` : `${note}${words}: take what you agree with.`;
}

/**
 * Whoever asked finds the answer where they are: in sight, with the focus on what can be done next. A focus that is in a text,
 * or was moved elsewhere meanwhile, stays there.
 */
function useFocusAlong(field: RefObject<HTMLDivElement | null>, asking: boolean): void {
  const was = useRef(asking);
  useLayoutEffect(() => {
    if (was.current === asking) return;
    was.current = asking;
    const { activeElement: at } = document;
    const here = field.current;
    const button = (which: string) => here?.querySelector<HTMLElement>(which);
    const next = (asking ? null : button('.as-card-open button')) ?? button('button:not(:disabled)');
    const free = asking ? !at?.matches('textarea, input, select') : at === document.body || here?.contains(at);
    if (asking || free) here?.scrollIntoView({ block: 'nearest' });
    if (free) next?.focus();
  }, [asking, field]);
}

/** A second opinion, on demand: asked, shown as text, taken over one by one or not at all. */
export function AssistanceField({ model, on }: AssistanceFieldProps) {
  const { allowed, state, cards, plain } = model;
  const asking = state.is === 'asking';
  const field = useRef<HTMLDivElement>(null);
  useFocusAlong(field, asking);
  return (
    <div id={places.assistance} class="as-field" ref={field}>
      <Field label="Second opinion" hint={hintWords(model)} hintId="ed-assistance-hint">
        <div class="as-row">
          <Button
            icon={Sparkles}
            disabled={!allowed || asking}
            describedBy="ed-assistance-hint"
            onPress={on.ask}
            {...(model.key !== null && { keys: model.key })}
          >
            {state.is === 'idle' ? 'Ask the model' : 'Ask again'}
          </Button>
          {asking && (
            <Button kind="quiet" icon={X} onPress={on.cancel}>
              Cancel
            </Button>
          )}
          {asking && <Status>{state.words}</Status>}
          {state.is === 'cancelled' && <Status>Cancelled. What it had proposed in full is below.</Status>}
        </div>
      </Field>
      {state.is === 'failed' && (
        <Status tone="bad" icon={TriangleAlert} role="alert">
          {state.message} {state.next}
        </Status>
      )}
      {allowed && (
        <>
          {state.is === 'done' && <Status>{countWords(model)}</Status>}
          {plain !== null && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
            <section class="captured as-text" aria-label="What the model answered" tabIndex={0}>
              {plain}
            </section>
          )}
          {cards.length > 0 && (
            <ol class="as-cards" aria-label="Proposals of the model">
              {cards.map((card) => (
                <ProposalCard key={card.proposal.id} card={card} model={model} on={on} />
              ))}
            </ol>
          )}
          <SentToModel model={model} onLook={on.look} />
        </>
      )}
    </div>
  );
}
