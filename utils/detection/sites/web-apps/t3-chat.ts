import type { RuleVariant, SiteRule } from '../../types.ts';

const question = '[aria-label="Your message"]';
const common: Omit<RuleVariant, 'id'> = {
  // Only the user's messages are marked.
  assistant: `[data-message-id]:not(:has(${question}))`,
  user: `[data-message-id]:has(${question})`,
  userBody: question,
  messageId: { attribute: 'data-message-id' },
};

/** T3 Chat. Whether an answer is always inside `.prose` is not known; where it is, what stands around it is left out. */
export const t3Chat: SiteRule = {
  id: 't3-chat',
  name: 'T3 Chat',
  version: '2026-11-21',
  matches: ['https://t3.chat/*'],
  // The label is in English: without it on the page a question would look like an answer.
  signature: question,
  variants: [
    { ...common, id: 'prose', body: '.prose' },
    { ...common, id: 'whole' },
  ],
  conversation: ['/chat/([0-9a-f-]{8,64})'],
  provenance: {
    source: 'the Vodou extension, verified live on eight turns',
    date: '2026-08-01',
    confidence: 'medium',
  },
};
