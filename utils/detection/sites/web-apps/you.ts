import type { SiteRule } from '../../types.ts';

/** You.com. The numbers in its test ids are positions and not used. */
export const you: SiteRule = {
  id: 'you',
  name: 'You.com',
  version: '2026-11-21',
  matches: ['https://you.com/*'],
  variants: [
    {
      id: 'default',
      assistant: '[data-testid^="youchat-answer-turn-"]',
      user: '[data-testid^="youchat-question-turn-"]',
      // What was searched, and the steps on the way.
      exclude: ['[data-testid="youchat-web-results-panel"]', '[data-testid$="-you-chat-updates"]'],
    },
  ],
  conversation: ['[?&]cid=([\\w-]{8,64})'],
  busy: '[data-testid^="step-"][data-finished="false"],[data-testid="stop-generating-button"]',
  composer: '#search-input-textarea',
  provenance: {
    source: 'the Vodou extension, verified live on six turns; composer and signs of growing: public scripts',
    date: '2026-08-01',
    confidence: 'medium',
  },
};
