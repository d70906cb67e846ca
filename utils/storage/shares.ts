/** How much of a review a destination is given. Apart from what makes it, which pages do not load to show it. */
import type { Destination, PrivacyLevel } from '../connectors/types.ts';

/** All levels. */
const privacyLevels = ['redacted', 'text', 'hashes', 'ratings'] as const satisfies readonly PrivacyLevel[];

/** What of a review a destination is given: a level, and whether the prompt is part of it, where it is text. */
export type Share = PrivacyLevel | `${'redacted' | 'text'} without prompt`;

/** All shares. */
export const shares: readonly Share[] = [...privacyLevels, 'redacted without prompt', 'text without prompt'];

/** What is sent to this destination; one that was stored before there was a choice gets redacted texts. */
export function levelOf({ sends }: Pick<Destination, 'sends'>): PrivacyLevel {
  return privacyLevels.find((level) => level === sends) ?? 'redacted';
}

/** What of a review this destination is given. */
export function shareOf(destination: Pick<Destination, 'sends' | 'sendPrompt'>): Share {
  const level = levelOf(destination);
  const texts = level === 'redacted' || level === 'text';
  return texts && destination.sendPrompt === false ? `${level} without prompt` : level;
}

/** Its level, and whether the prompt is part of it. */
export function partsOf(share: Share): { readonly level: PrivacyLevel; readonly sendPrompt: boolean } {
  const level = privacyLevels.find((each) => share.startsWith(each)) ?? 'redacted';
  return { level, sendPrompt: level === share };
}
