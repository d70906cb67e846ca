/** How much of a review a destination is given. Apart from what makes it, which pages do not load to show it. */
import type { Destination, PrivacyLevel } from '../connectors/types.ts';

/** All levels. */
const privacyLevels = ['redacted', 'text', 'hashes', 'ratings'] as const satisfies readonly PrivacyLevel[];

/** What of a review a destination is given: a level, and where it is text, whether the prompt, and what was said before it, are part of it. */
export type Share = PrivacyLevel | `${'redacted' | 'text'} ${'without prompt' | 'with context'}`;

/** All shares. */
export const shares: readonly Share[] = [
  ...privacyLevels,
  ...(['redacted', 'text'] as const).flatMap((level) => [`${level} without prompt`, `${level} with context`] as const),
];

/** What is sent to this destination; one that was stored before there was a choice gets redacted texts. */
export function levelOf({ sends }: Pick<Destination, 'sends'>): PrivacyLevel {
  return privacyLevels.find((level) => level === sends) ?? 'redacted';
}

/** What of a review this destination is given. */
export function shareOf(destination: Pick<Destination, 'sends' | 'sendPrompt' | 'sendContext'>): Share {
  const level = levelOf(destination);
  if (level !== 'redacted' && level !== 'text') return level;
  if (destination.sendPrompt === false) return `${level} without prompt`;
  return destination.sendContext === true ? `${level} with context` : level;
}

/** Its level, and whether the prompt, and what was said before it, are part of it. */
export function partsOf(share: Share): {
  readonly level: PrivacyLevel;
  readonly sendPrompt: boolean;
  readonly sendContext: boolean;
} {
  const level = privacyLevels.find((each) => share.startsWith(each)) ?? 'redacted';
  return { level, sendPrompt: !share.endsWith('without prompt'), sendContext: share.endsWith('with context') };
}
