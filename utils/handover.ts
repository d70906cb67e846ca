/**
 * Where the scripts of the overlay meet. The first finds responses by rules; the second draws, and loads once there is
 * something to draw beside; the third finds what no rule does, and loads where that is wanted; the fourth lists what is
 * found for the side panel, and loads where that is open. All run in the extension's
 * isolated world, whose globals the page can neither see nor fake.
 */
import type { DetectionChange, Detector, Survey } from './detection/types.ts';
import type { Call } from './messaging/client.ts';
import type { ContentCalls, PageState, Push } from './messaging/contract.ts';
import type { TraceSource } from './page/trace.ts';
import type { Snapshot } from './review/schema.ts';

/** What the drawing script gets. */
export interface OverlayParts {
  readonly detector: Detector;
  readonly call: Call<ContentCalls>;
  /** The background's first answer, the keys that were asked about, and when, in ms since 1970. */
  readonly first: { readonly page: PageState; readonly responseKeys: readonly string[]; readonly askedAt: number };
  readonly extension: Extension;
  /** Ends the run, from either script. */
  readonly run: AbortController;
}

/** What is needed of the extension API to draw. */
export interface Extension {
  readonly id: string;
  /** False once the extension was updated, reloaded or removed: this script is then an orphan and must go quietly. */
  isAlive(): boolean;
  /** Address of a file of the extension. */
  url(path: string): string;
  /** The shadow root of any element, closed ones too. */
  rootOf(element: Element): ShadowRoot | null;
}

/** What the drawing script takes from then on. */
export interface OverlayView {
  onChange(change: DetectionChange): void;
  onPush(push: Push): void;
  /** What the toolbar would capture of this response now; null where it is not on the page, or still grows. */
  capture(key: string): Snapshot | null;
  /** The trace of each response as it would be read there; null where none is found. */
  traces(source: TraceSource): readonly (string | null)[];
}

/** What finds answers without a rule. */
export type Finder = typeof import('./detection/generic/index.ts');

/** A claim on one document. */
export interface Handover {
  readonly run: AbortController;
  /** Set by the drawing script, called once by the finding one, whichever comes first. */
  draw: ((parts: OverlayParts) => OverlayView) | null;
  /** Set by the finding script: something is there to be drawn by now. */
  onDraw: () => void;
  /** Set by the script that finds answers without a rule. */
  finder: Finder | null;
  /** Set by whoever waits for it. */
  onFinder: () => void;
  /** Set by the finding script. The popup and `npm run inspect` read it with `scripting.executeScript`. */
  survey: (() => Survey) | null;
  /** Set by the finding script when it starts, and by the drawing one when it draws: the script that lists asks them. */
  detector: Detector | null;
  view: OverlayView | null;
  /** Set by the script that lists: detection saw a change. */
  onListed: (change: DetectionChange) => void;
}

/** How long the finder is waited for, in ms. */
const FINDER_MS = 5_000;

const KEY = Symbol.for('overlay');
type World = { [KEY]?: Handover };

/** Claims this document for one run; null where another run of this world is at work. */
export function claimDocument(world: object = globalThis): Handover | null {
  const slot = world as World;
  if (slot[KEY] && !slot[KEY].run.signal.aborted) return null;
  slot[KEY] = {
    ...{ run: new AbortController(), draw: null, onDraw() {}, finder: null, onFinder() {}, survey: null },
    ...{ detector: null, view: null, onListed() {} },
  };
  return slot[KEY];
}

/** Whether a run is at work on this document. */
export const isClaimed = (world: object = globalThis): boolean => (world as World)[KEY]?.run.signal.aborted === false;

/** The run of this document, if one is at work. */
export function runningHere(world: object = globalThis): Handover | null {
  const handover = (world as World)[KEY];
  return handover && !handover.run.signal.aborted ? handover : null;
}

/** Offers the drawing to the run of this document, if there is one that has none yet. */
export function offerView(draw: (parts: OverlayParts) => OverlayView, world: object = globalThis): void {
  const handover = (world as World)[KEY];
  if (!handover || handover.draw || handover.run.signal.aborted) return;
  handover.draw = draw;
  handover.onDraw();
}

/** Offers the finder to the run of this document. */
export function offerFinder(finder: Finder, world: object = globalThis): void {
  const handover = (world as World)[KEY];
  if (!handover || handover.run.signal.aborted) return;
  handover.finder = finder;
  handover.onFinder();
}

/** Has the finder loaded by `load` where it is not there; null where it does not come in time. */
export async function finderOf(handover: Handover, load: () => Promise<unknown>): Promise<Finder | null> {
  if (handover.finder) return handover.finder;
  await new Promise<void>((resolve) => {
    handover.onFinder = resolve;
    setTimeout(resolve, FINDER_MS);
    load().catch(() => resolve());
  });
  return handover.finder;
}
