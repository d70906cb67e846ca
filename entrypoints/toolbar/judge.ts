/**
 * Decides whether a press counts, and what was looked at when it was made. The page is hostile: it can cover, move and
 * swap whatever is around the toolbar, but it cannot make trusted events inside the closed root.
 */
import type { Detector } from '../../utils/detection/types.ts';
import type { PageState } from '../../utils/messaging/contract.ts';
import { isFaded, isShown } from '../../utils/page/surroundings.ts';
import type { ReviewDraft, Snapshot } from '../../utils/review/schema.ts';
import type { Entry } from './book.ts';
import type { Sight } from './sight.ts';
import { seenTextOf, takeSnapshot } from './snapshot.ts';
import type { Stage } from './stage.tsx';
import type { Surface } from './surface.ts';

/** How a control was pressed. A chord is deliberate wherever the toolbar is. */
export type Press = 'pointer' | 'single' | 'chord';

/** What a press is about: the answer as it stood before the reviewer at that moment. */
export interface Take {
  readonly entry: Entry;
  readonly snapshot: Snapshot;
  readonly visibility: ReviewDraft['visibility'];
}

/** A take, or the sentence that says why the press does not count. */
export type Ruling = Take | string;

export interface JudgeParts {
  readonly surface: Surface;
  readonly sight: Sight;
  readonly stage: Stage;
  readonly detector: Detector;
  readonly page: () => PageState;
}

/** Why a press cannot count, whatever it asks for; null where nothing speaks against it. */
export function objection({ surface, sight, stage }: JudgeParts, press: Press): string | null {
  if (!surface.isSound()) return 'This page moved the toolbar. Try again.';
  if (press === 'pointer') {
    if (sight.isHidden()) return 'Something covers this toolbar. Use the keys.';
    if (!stage.isInPlace()) stage.place();
    if (!sight.isSteady() || !stage.isInPlace()) return 'Just moved. Press again.';
  }
  if (press === 'single' && sight.isHidden()) return 'Something covers this toolbar. Press the key with the chord.';
  return null;
}

/** The answer still reads as it did when the toolbar was put beside it. */
export function isUnchanged({ response, seenText }: Entry): boolean {
  return response?.element.isConnected === true && (!response.settled || seenTextOf(response) === seenText);
}

/** Captures what a press is about. */
export function rule(parts: JudgeParts, entry: Entry, press: Press): Ruling {
  const { sight, stage, detector, page } = parts;
  const against = objection(parts, press);
  if (against) return against;
  const { response } = entry;
  if (!response || !isShown(response.element) || isFaded(response.element)) return 'This answer is hidden.';
  if (!isUnchanged(entry)) {
    stage.place();
    return 'The answer just changed. Look again.';
  }
  return {
    entry,
    snapshot: takeSnapshot(detector, response, page()),
    visibility: sight.isSeen() ? 'verified' : 'unverified',
  };
}
