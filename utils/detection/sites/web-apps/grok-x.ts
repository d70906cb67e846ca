import type { SiteRule } from '../../types.ts';

/** Grok inside X. Only its address is known; X names its nodes by atomic classes. The finder looks for the messages. */
export const grokX: SiteRule = {
  id: 'grok-x',
  name: 'Grok in X',
  version: '2026-11-21',
  matches: ['https://x.com/i/grok*'],
  variants: [],
  conversation: ['[?&]conversation=(\\d+)'],
  provenance: {
    source: 'srbhptl39/MCP-SuperAssistant c26168e and others, the address only',
    date: '2026-02-09',
    confidence: 'low',
  },
};
