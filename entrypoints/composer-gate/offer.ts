/** Where no composer is known, the person is asked once whether the field they go into is one. */
import type { ComposerState } from '../../utils/composer/types.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { ContentCalls } from '../../utils/messaging/contract.ts';
import { isWritten, selectorOf } from './composers.ts';
import type { Surface } from './surface.ts';

/** How long the question stands, in ms. */
const ASK_MS = 12_000;

interface OfferParts {
  readonly call: Call<ContentCalls>;
  readonly surface: Surface;
  readonly theme: () => ComposerState['theme'];
  /** A composer is known. Dear to ask. */
  readonly isNeedless: () => boolean;
}

/** Gets the elements that the focus went into, innermost first. */
export function createOffer({ call, surface, theme, isNeedless }: OfferParts): (path: readonly Element[]) => void {
  const asked = new WeakSet<Element>();
  return (path) => {
    const field = path.find((element): element is HTMLElement => element instanceof HTMLElement && isWritten(element));
    if (!field || asked.has(field) || isNeedless()) return;
    asked.add(field);
    const selector = selectorOf(field);
    if (selector === null) return;
    const keep = () => {
      surface.say(null, null, theme());
      void call('keepComposer', { field: selector, send: null, enter: 'send' });
    };
    const presses = [{ label: 'Yes, here', key: null, onPress: keep }];
    surface.say({ words: 'Are replies to customers written here?', presses }, () => field, theme(), ASK_MS);
  };
}
