/** What the hands of a person do in a composer: by it, what they typed is told from what came in another way. */
import type { Draft } from './drafts.ts';

/** Characters that one key of an input method may write. */
const IME_CHARACTERS = 40;
const WORD_KEYS = /^(?:Process|Unidentified|Dead)$/;

/** Notes what a person does in a composer, before it does anything. */
export function note(event: Event, draft: Draft): void {
  if (!event.isTrusted) return;
  const { typing } = draft;
  if (event instanceof KeyboardEvent && event.type === 'keydown') {
    const chord = event.ctrlKey || event.metaKey;
    if (event.key === 'Backspace' || event.key === 'Delete' || (chord && /^x$/i.test(event.key))) {
      draft.removedAt = performance.now();
      typing.removed();
    } else if (chord && /^[zy]$/i.test(event.key)) {
      draft.removedAt = performance.now();
      typing.restoring();
    } else if (WORD_KEYS.test(event.key)) typing.typed(IME_CHARACTERS);
    else if (!chord && (event.key.length === 1 || event.key === 'Enter')) typing.typed(event.key.length === 1 ? 1 : 2);
    // Whatever is selected goes when something else is typed.
    if (event.key.length === 1 && !chord) draft.removedAt = Math.max(draft.removedAt, 0);
  } else if (event.type === 'compositionend') typing.typed((event as CompositionEvent).data.length);
  else if (event.type === 'cut') {
    draft.removedAt = performance.now();
    typing.removed();
  } else if (event.type === 'beforeinput' && (event as InputEvent).inputType === 'insertReplacementText')
    typing.typed((event as InputEvent).data?.length ?? IME_CHARACTERS);
}
