import { Highlighter } from 'lucide';
import { Button } from '../controls/button.tsx';
import { Lazy, partOf } from '../controls/lazy.tsx';
import type { FindingsActions, FindingsModel } from './findings-model.ts';
import { places } from './view.ts';

export interface FindingsFieldProps {
  readonly model: FindingsModel;
  readonly on: FindingsActions;
}

const open = partOf<FindingsFieldProps>(() => import('./findings-open.tsx').then((module) => module.FindingsOpen));

/** Parts of the answer, each with what is to be said of it. Closed it is one button: most answers need none. */
export function FindingsField({ model, on }: FindingsFieldProps) {
  if (model.isOpen) return <Lazy part={open} props={{ model, on }} />;
  return (
    <div id={places.finding}>
      <Button icon={Highlighter} onPress={on.begin} {...(model.key !== null && { keys: model.key })}>
        Point at a part of the answer
      </Button>
    </div>
  );
}
