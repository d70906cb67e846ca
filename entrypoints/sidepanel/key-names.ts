/** Which key does what in the panel: those of the toolbar. */
import type { QueueKeys } from '../../components/queue/view.ts';
import type { Settings } from '../../utils/storage/settings-shape.ts';

const SKIP = 'x';

/** The keys in force here; the skip's own is left to whatever else the reviewer gave it to. */
export function keysOf({ keys }: Pick<Settings, 'keys'>): QueueKeys {
  const { approve, reject, correct, unsure, aside, undo, next, previous, help } = keys;
  const skip = Object.values(keys).includes(SKIP) ? null : SKIP;
  return { approve, reject, correct, unsure, aside, undo, next, previous, skip, help };
}
