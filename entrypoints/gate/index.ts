/**
 * The gate: the smallest script that can tell whether a page may hold a conversation. It is registered for all frames of the
 * sites that are on, and lets the overlay in where there is a sign of one.
 */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { isEligible } from '../../utils/eligible.ts';
import { isClaimed } from '../../utils/handover.ts';
import { ownRuntime } from '../../utils/runtime.ts';
import { openGate } from './open.ts';
import { waitForSign } from './watch.ts';

const KEY = Symbol.for('gate');
/** `sign`: one was seen, and the overlay is called for. `npm run inspect` asks. */
type Run = { aborted: boolean; sign?: true };
type World = { [KEY]?: Run };

export default defineUnlistedScript(() => {
  if (!isEligible()) return;
  const world = globalThis as World;
  // One gate a document: a later one, as after an update, stands for the one before.
  if (world[KEY]) world[KEY].aborted = true;
  const run: Run = { aborted: false };
  world[KEY] = run;
  waitForSign(window, run, () => {
    run.sign = true;
    if (!isClaimed()) void openGate((message) => ownRuntime().sendMessage(message), run);
  });
});
