/** Which rules may apply on a document. */
import { rulesAt } from '../choose-rules.ts';
import type { PageRules } from '../types.ts';

type Place = Pick<Window, 'location' | 'origin'>;

/** The address that rules are chosen by. A document without one of its own (`about:`) is at the root of its origin. */
export function addressOf({ location, origin }: Place): string {
  return location.protocol === 'about:' ? `${origin}/` : location.href;
}

/** The rules for a document. A widget often lives in a frame without an address, whatever a rule knows of the page around it. */
export function rulesFor(rules: PageRules['rules'], place: Place): PageRules['rules'] {
  const chosen = rulesAt(rules, addressOf(place));
  if (place.location.protocol !== 'about:' || chosen.every(({ matches }) => matches.length === 0)) return chosen;
  const embedded = rulesAt(
    rules.filter(({ matches }) => matches.length === 0),
    addressOf(place),
  );
  return [...embedded, ...chosen];
}
