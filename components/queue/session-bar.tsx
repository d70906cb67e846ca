import { Target } from 'lucide';
import { useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Lazy, partOf } from '../controls/lazy.tsx';
import { countWords } from '../workbench/wording.ts';
import type { GoalPickerProps } from './goal-picker.tsx';
import type { GoalView, QueueActions, QueueModel } from './view.ts';

interface SessionProps {
  readonly model: QueueModel;
  readonly on: QueueActions;
}

const picker = partOf<GoalPickerProps>(() => import('./goal-picker.tsx').then((module) => module.GoalPicker));

const seconds = (ms: number) => (ms < 10_000 ? Math.max(0.1, Math.round(ms / 100) / 10) : Math.round(ms / 1000));

/** `7 this session, 12 s each (usual 21 s, n 140)`. */
function paceWords({ here, usual }: Pick<QueueModel, 'here' | 'usual'>): string {
  const before = usual ? `usual ${seconds(usual.ms)} s, n ${usual.n}` : '';
  if (!here) return before && `Your ${before}`;
  const own = `${here.n} this session, ${seconds(here.ms)} s each`;
  return before ? `${own} (${before})` : own;
}

function goalWords({ kind, amount, done }: GoalView): string {
  const unit = kind === 'reviews' ? countWords(amount, 'review') : `${amount} min`;
  return done >= amount ? `Goal of ${unit} reached` : `Goal: ${done} of ${unit}`;
}

function Bar({ name, done, of }: { readonly name: string; readonly done: number; readonly of: number }) {
  return <progress class="qu-progress" aria-label={name} value={Math.min(done, of)} max={Math.max(1, of)} />;
}

/** How far one is: on this page, in this session, towards the goal; and at which pace. */
export function SessionBar({ model, on }: SessionProps) {
  const [choosing, setChoosing] = useState(false);
  const { progress, goal, page } = model;
  const pick: QueueActions['setGoal'] = (chosen) => {
    on.setGoal(chosen);
    setChoosing(false);
  };
  return (
    <header class="qu-head">
      <div class="qu-head-line">
        <h1 class="captured">{page.is === 'here' ? page.name : 'Queue'}</h1>
        {progress.of > 0 && (
          <span class="qu-count">
            {progress.done} of {progress.of} done
          </span>
        )}
      </div>
      {goal ? (
        <Bar name={goalWords(goal)} done={goal.done} of={goal.amount} />
      ) : (
        progress.of > 0 && <Bar name="Answers of this page that are done" done={progress.done} of={progress.of} />
      )}
      <div class="qu-head-line">
        <p class="small quiet">{paceWords(model)}</p>
        <Button kind="quiet" icon={Target} expanded={choosing} onPress={() => setChoosing(!choosing)}>
          {goal ? goalWords(goal) : 'Set a goal'}
        </Button>
      </div>
      {choosing && <Lazy part={picker} props={{ goal, onPick: pick }} />}
    </header>
  );
}
