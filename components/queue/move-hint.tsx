import { Kbd } from '../controls/kbd.tsx';
import type { QueueModel } from './view.ts';

/** The keys that move, while nothing is selected yet. */
export function MoveHint({ keys }: Pick<QueueModel, 'keys'>) {
  return (
    <p class="qu-hint small quiet">
      <Kbd keys={keys.next} /> <Kbd keys={keys.previous} /> or arrows move, <Kbd keys="enter" /> shows the answer on its
      page, <Kbd keys={keys.help} /> all keys
    </p>
  );
}
