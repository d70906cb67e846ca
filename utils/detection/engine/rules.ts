/** Which rules may apply on a document. */
export { rulesAt } from '../choose-rules.ts';

/** The address that rules are chosen by. A document without one of its own (`about:`) is at the root of its origin. */
export function addressOf({ location, origin }: Pick<Window, 'location' | 'origin'>): string {
  return location.protocol === 'about:' ? `${origin}/` : location.href;
}
