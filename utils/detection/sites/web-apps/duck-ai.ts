import type { SiteRule } from '../../types.ts';

const question = '[data-testid="user-message"]';
const answer = `${question} ~ :not(${question})`;

/**
 * Duck.ai marks questions only; the answer is what follows, its first child the name of the model. That is weak, so the answers
 * are offered and not asserted. Its address never names the conversation.
 */
export const duckAi: SiteRule = {
  id: 'duck-ai',
  name: 'Duck.ai',
  version: '2026-11-21',
  matches: ['https://duck.ai/*', 'https://duckduckgo.com/*'],
  signature: question,
  variants: [
    {
      id: 'default',
      assistant: answer,
      user: question,
      exclude: [`${answer} > :first-child`],
      model: { selector: `${answer} > :first-child` },
    },
  ],
  caveat: 'it is taken for one because it follows a question',
  provenance: {
    source: 'the Vodou extension, verified live on four turns',
    date: '2026-08-02',
    confidence: 'low',
  },
};
