/** What the agent changed in an AI's draft: kept when the message has gone out, with a cause by one key. */
import type { ComposerState, KeptDelta } from '../../utils/composer/types.ts';
import { isKey, pressOf } from '../../utils/keyboard.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { ContentCalls } from '../../utils/messaging/contract.ts';
import { focusedElement } from '../../utils/page/frame.ts';
import { uuidv7 } from '../../utils/review/ids.ts';
import type { Snapshot } from '../../utils/review/schema.ts';
import { rootOf } from './composers.ts';
import type { Surface } from './surface.ts';

/** How long the cause is asked for, in ms: as long as the review can be taken back. */
const ASK_MS = 8_000;

export interface Deltas {
  /** An edited draft has been sent. */
  keep(snapshot: Snapshot, sent: string, spentMs: number, field: () => HTMLElement): Promise<void>;
  /** Whether the key was meant for the question about the cause. */
  takes(event: KeyboardEvent): boolean;
}

interface DeltaParts {
  readonly call: Call<ContentCalls>;
  readonly surface: Surface;
  readonly state: () => ComposerState;
}

const percent = (kept: number) => `${Math.round(kept * 100)} %`;

export function createDeltas({ call, surface, state }: DeltaParts): Deltas {
  let asking: { kept: KeptDelta; readonly field: () => HTMLElement; readonly until: number } | null = null;

  const say = (words: string, field: () => HTMLElement, ms = 3_000) => {
    asking = null;
    surface.say({ words }, field, state().theme, ms);
  };

  async function undo() {
    if (!asking) return;
    const { kept, field } = asking;
    const { reviewId, revision } = kept;
    asking = null;
    const answer = await call('undoReview', { reviewId, revision });
    say(answer.ok ? 'Taken back. Nothing was kept of this edit.' : answer.error.message, field);
  }

  async function label(at: number) {
    const cause = state().labels[at];
    if (!asking || !cause) return;
    const { kept, field } = asking;
    asking = null;
    const answer = await call('labelDelta', { reviewId: kept.reviewId, saveId: uuidv7(), label: cause.id });
    say(answer.ok ? `Cause: ${cause.name}. Saved on this computer.` : answer.error.message, field);
  }

  return {
    async keep(snapshot, sent, spentMs, field) {
      const body = { id: uuidv7(), saveId: uuidv7(), snapshot, sent, spentMs: Math.round(spentMs) };
      const answer = await call('keepDelta', body);
      if (!answer.ok) {
        if (answer.error.code !== 'off')
          surface.say({ words: answer.error.message, tone: 'warn' }, field, state().theme);
        return;
      }
      const kept = answer.value;
      asking = { kept, field, until: performance.now() + ASK_MS };
      const { theme, labels, chord } = state();
      const edits = kept.edits.length > 0 ? `, changed: ${kept.edits.join(', ')}` : '';
      surface.say(
        {
          words: `Sent with ${percent(kept.kept)} of the draft kept${edits}. Why? ${chord} and the number, or press:`,
          presses: [
            ...labels.map(({ name }, at) => ({ label: name, key: String(at + 1), onPress: () => void label(at) })),
            { label: 'Undo', key: null, onPress: () => void undo() },
          ],
        },
        field,
        theme,
        ASK_MS,
      );
    },
    takes(event) {
      if (!asking || performance.now() > asking.until || !event.isTrusted || !surface.isSound()) return false;
      const { singleKeys, chord, labels } = state();
      const press = pressOf(event, chord);
      const focus = focusedElement(rootOf);
      const writes =
        focus instanceof HTMLElement && (focus.isContentEditable || focus.matches('input,textarea,select'));
      if (press === null || (press === 'single' && (!singleKeys || writes))) return false;
      const at = labels.findIndex((_, index) => isKey(event, String(index + 1)));
      if (at < 0) return false;
      void label(at);
      return true;
    },
  };
}
