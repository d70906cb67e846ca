import type { SiteRule } from '../../types.ts';

/** Manus. The names are the other way round than they read: `ask` is the answer. */
export const manus: SiteRule = {
  id: 'manus',
  name: 'Manus',
  version: '2026-11-21',
  matches: ['https://manus.im/*'],
  variants: [
    {
      id: 'default',
      assistant: '.chat-selection-ask-root',
      user: '.limited-markdown-content:not(.chat-selection-ask-root .limited-markdown-content)',
    },
  ],
  conversation: ['/app/([0-9a-zA-Z]{8,64})'],
  provenance: {
    source: 'the Vodou extension, verified live on four turns',
    date: '2026-08-01',
    confidence: 'medium',
  },
};
