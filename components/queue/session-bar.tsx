import { Target, X } from 'lucide';
import { useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { Segmented } from '../controls/segmented.tsx';
import { countWords } from '../workbench/wording.ts';
import type { GoalView, QueueActions, QueueModel } from './view.ts';

interface SessionProps {
  readonly model: QueueModel;
  readonly on: QueueActions;
}

/** Goals that one may choose, per kind. */
const amounts = { reviews: [10, 20, 50, 100], minutes: [15, 25, 45, 60] } as const;

const seconds = (ms: number) => (ms < 10_000 ? Math.max(0.1, Math.round(ms / 100) / 10) : Math.round(ms / 1000));

/** `7 this session, 12 s each (usual 21 s, n 140)`. */
function paceWords({ here, usual }: Pick<QueueModel, 'here' | 'usual'>): string {
  if (!here) return usual ? `No judgement this session yet. Your usual: ${seconds(usual.ms)} s (n ${usual.n})` : '';
  const own = `${here.n} this session, ${seconds(here.ms)} s each`;
  return usual ? `${own} (usual ${seconds(usual.ms)} s, n ${usual.n})` : own;
}

function goalWords({ kind, amount, done }: GoalView): string {
  const unit = kind === 'reviews' ? countWords(amount, 'review') : `${amount} min`;
  return done >= amount ? `Goal of ${unit} reached` : `Goal: ${done} of ${unit}`;
}

function Bar({ name, done, of }: { readonly name: string; readonly done: number; readonly of: number }) {
  return <progress class="qu-progress" aria-label={name} value={Math.min(done, of)} max={Math.max(1, of)} />;
}

function GoalPicker({ model, on, onClose }: SessionProps & { readonly onClose: () => void }) {
  const [kind, setKind] = useState<GoalView['kind']>(model.goal?.kind ?? 'reviews');
  const pick = (amount: number) => {
    on.setGoal({ kind, amount });
    onClose();
  };
  return (
    <section class="qu-goal" aria-label="Goal of this session">
      <Segmented
        label="What counts"
        value={kind}
        options={[
          { value: 'reviews', label: 'Reviews' },
          { value: 'minutes', label: 'Minutes' },
        ]}
        onPick={setKind}
      />
      <div class="cs-chips">
        {amounts[kind].map((amount) => (
          <button
            key={amount}
            type="button"
            class="cs-chip"
            aria-label={`${amount} ${kind}`}
            onClick={() => pick(amount)}
          >
            {amount}
          </button>
        ))}
        {model.goal && (
          <Button
            kind="quiet"
            onPress={() => {
              on.setGoal(null);
              onClose();
            }}
          >
            No goal
          </Button>
        )}
      </div>
    </section>
  );
}

/** How far one is: on this page, in this session, towards the goal; and at which pace. */
export function SessionBar({ model, on }: SessionProps) {
  const [choosing, setChoosing] = useState(false);
  const { progress, goal, page } = model;
  const pace = paceWords(model);
  return (
    <header class="qu-head">
      <div class="qu-head-line">
        <h1>{page.is === 'here' ? page.name : 'Queue'}</h1>
        <span class="qu-count">{progress.of > 0 && `${progress.done} of ${progress.of} done`}</span>
        <Button kind="quiet" icon={Target} expanded={choosing} onPress={() => setChoosing(!choosing)}>
          {goal ? goalWords(goal) : 'Goal'}
        </Button>
      </div>
      {goal ? (
        <Bar name={goalWords(goal)} done={goal.done} of={goal.amount} />
      ) : (
        progress.of > 0 && <Bar name="Answers of this page that are done" done={progress.done} of={progress.of} />
      )}
      {choosing && <GoalPicker model={model} on={on} onClose={() => setChoosing(false)} />}
      {pace && <p class="small quiet">{pace}</p>}
    </header>
  );
}

/** A quiet word when judgements get hasty or the session long, with what it is concluded from. Nothing waits for it. */
export function PaceNudge({ model, on }: SessionProps) {
  const { nudge } = model;
  return (
    <div role="status">
      {nudge && (
        <div class="qu-nudge">
          <p>
            {nudge.evidence} <span class="quiet">{nudge.advice}</span>
          </p>
          <div class="qu-nudge-line">
            <Button kind="quiet" onPress={on.dismiss}>
              Not now
            </Button>
            <Button kind="quiet" onPress={() => on.setPaceNudges(false)}>
              Never say this
            </Button>
            <button
              type="button"
              class="cs-button cs-button-quiet cs-button-icon qu-close"
              aria-label="Close"
              onClick={on.dismiss}
            >
              <Icon node={X} />
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
