import type { SiteRule } from '../../types.ts';

/**
 * Gemini Enterprise nests open shadow roots: `ucs-conversation` > `.main` > `.turn` > `ucs-summary` > `ucs-fast-markdown`, the
 * text in the innermost. Nothing is known of ids, of signs that an answer grows, or of its thoughts.
 */
export const geminiEnterprise: SiteRule = {
  id: 'gemini-enterprise',
  name: 'Gemini Enterprise',
  version: '2026-11-21',
  matches: ['https://business.gemini.google/*'],
  variants: [
    {
      id: 'default',
      assistant: 'ucs-summary',
      body: 'ucs-fast-markdown',
      user: '.question-block',
      userBody: 'ucs-fast-markdown',
    },
  ],
  conversation: ['/session/([^/?#]{1,128})'],
  provenance: {
    source: 'urzeye/ophel db0fb83, gemini-enterprise.ts',
    date: '2026-01-31',
    confidence: 'medium',
  },
};
