/** What the descriptions of connectors share. */
import { type Carried, type ReviewPart, reviewParts } from './types.ts';

export type { ConnectorAbout } from './types.ts';

/** For a target that gets the review as it is. */
export const whole = (as: string): Record<ReviewPart, Carried> =>
  Object.fromEntries(reviewParts.map((part) => [part, { how: 'own', as }])) as Record<ReviewPart, Carried>;
