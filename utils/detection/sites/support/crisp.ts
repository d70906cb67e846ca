import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

/** Crisp's chat box, in the customer's own page. "Operator" is a person or a bot, and no element with a name is known. */
export const crisp: SiteRule = {
  id: 'crisp',
  name: 'Crisp chatbox',
  version: '2026-11-21',
  matches: [],
  signature: '.crisp-client [data-from]',
  mixed: true,
  variants: [
    {
      id: 'default',
      row: '.crisp-client [data-from="operator"]',
      user: '.crisp-client [data-from="visitor"]',
    },
  ],
  conversation: conversationInAddress,
  provenance: {
    source: 'scripts and style sheets of several sites, undated',
    date: '2026-11-21',
    confidence: 'medium',
  },
};
