/** Looks at a page again and again until what detection makes of it is at rest. */
import type { Survey } from '../../../utils/detection/types.ts';
import type { FrameSurvey } from '../../../utils/health/frames.ts';

/**
 * Detection is at rest when nothing of it has changed for so long, in ms. Longer while an answer seems to grow, and where an
 * overlay has found nothing yet: other signs are looked at after the rules, and a site that changed is told from one that waits.
 * Longest where a script is still on its way into the page: a busy computer takes seconds for each.
 */
const REST_MS = 2000;
const RESTLESS_MS = 6000;
const AWAITED_MS = 15_000;
/** What is not at rest by then is shown as it is. */
const PATIENCE_MS = 25_000;
const LOOK_EVERY_MS = 250;

/** One frame of the page, whether or not an overlay is at work in it. */
export interface FrameStage {
  /** 0 for the page itself. */
  readonly frameId: number;
  /** Null where no overlay is at work. */
  readonly survey: Survey | null;
  /** `none`: no script of the extension came here. `awaited`: one is on its way. `there`: all that is wanted so far. */
  readonly scripts: 'none' | 'awaited' | 'there';
}

export interface Sight {
  readonly frames: readonly FrameSurvey[];
  /** False where something still changed when the patience was over. */
  readonly atRest: boolean;
}

/**
 * Runs in the extension's own world of a frame, so it must not refer to anything outside itself. The gate calls for the overlay
 * where it has seen a sign; the overlay calls for the finder where no rule finds anything.
 */
export function readScripts(): FrameStage['scripts'] {
  type Gate = { readonly sign?: boolean };
  type Overlay = {
    readonly run: AbortController;
    readonly finder: object | null;
    readonly survey: (() => { readonly messages: readonly unknown[] }) | null;
  };
  const world = globalThis as unknown as Record<symbol, unknown>;
  const gate = world[Symbol.for('gate')] as Gate | undefined;
  const overlay = world[Symbol.for('overlay')] as Overlay | undefined;
  if (!overlay) return gate ? (gate.sign ? 'awaited' : 'there') : 'none';
  if (overlay.run.signal.aborted || overlay.finder) return 'there';
  return (overlay.survey?.().messages.length ?? 0) > 0 ? 'there' : 'awaited';
}

/** What must stand still; time goes on. */
const essence = (stages: readonly FrameStage[] | null) =>
  JSON.stringify(stages?.map(({ survey, ...rest }) => ({ ...rest, survey: survey && { ...survey, ms: 0 } })));

/** How long this must stand still, in ms. Null: the page cannot be asked yet. */
function restOf(stages: readonly FrameStage[] | null): number {
  if (!stages || stages.some(({ scripts }) => scripts === 'awaited')) return AWAITED_MS;
  const isRestless = stages.some(
    ({ frameId, survey, scripts }) =>
      (frameId === 0 && scripts === 'none') ||
      (survey && (survey.messages.length === 0 || survey.messages.some(({ settled }) => !settled))),
  );
  return isRestless ? RESTLESS_MS : REST_MS;
}

/** Asks until what is answered is at rest. `ask` answers null while there is nobody to ask. */
export async function untilAtRest(
  ask: () => Promise<readonly FrameStage[] | null>,
  now: () => number = Date.now,
  pause: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): Promise<Sight> {
  const started = now();
  let frames: readonly FrameSurvey[] = [];
  let last: string | undefined;
  let since = started;
  while (now() - started < PATIENCE_MS) {
    const stages = await ask();
    frames = (stages ?? []).flatMap(({ frameId, survey }) => (survey ? [{ frameId, survey }] : []));
    const seen = essence(stages);
    if (seen !== last) since = now();
    last = seen;
    if (now() - since >= restOf(stages)) return { frames, atRest: true };
    await pause(LOOK_EVERY_MS);
  }
  return { frames, atRest: false };
}
