import type { SiteRule } from '../../types.ts';

/** OpenRouter's chat. The list destroys what is out of view. An answer is told by its inner wrapper, so without it there is none. */
export const openRouter: SiteRule = {
  id: 'open-router',
  name: 'OpenRouter',
  version: '2026-11-21',
  matches: ['https://openrouter.ai/chat*'],
  variants: [
    {
      id: 'default',
      assistant: '[data-message-id]:has(> .group.relative)',
      user: '[data-message-id]:not(:has(> .group.relative))',
      // The name of the model above, price and speed below.
      exclude: ['[class*="md:sticky"]', '.flex.items-center.px-1'],
      messageId: { attribute: 'data-message-id' },
      model: { selector: '[class*="md:sticky"]' },
    },
  ],
  conversation: ['[?&]room=([\\w-]{8,64})'],
  provenance: {
    source: 'the Vodou extension, verified live on eight turns',
    date: '2026-08-02',
    confidence: 'medium',
  },
};
