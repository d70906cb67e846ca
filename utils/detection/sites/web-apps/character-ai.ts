import type { SiteRule } from '../../types.ts';

const message = '[data-testid="completed-message"]';
const question = `.flex-row-reverse ${message}`;

/**
 * Character.AI. Both roles have the same test id; the user's rows are reversed. Answers that were not kept stay on the page, as
 * slides beside the one that is shown. A message gets its test id when it is complete.
 */
export const characterAi: SiteRule = {
  id: 'character-ai',
  name: 'Character.AI',
  version: '2026-11-21',
  matches: ['https://character.ai/*'],
  // Without this class on the page the user's words would look like the character's.
  signature: question,
  variants: [
    {
      id: 'default',
      assistant: `${message}:not(${question})`,
      user: question,
      group: ':has(> .swiper-slide)',
    },
  ],
  conversation: ['/chat/([\\w-]{8,128})'],
  provenance: {
    source: 'the Vodou extension, verified live on four messages',
    date: '2026-08-01',
    confidence: 'medium',
  },
};
