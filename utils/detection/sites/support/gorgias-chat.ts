import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';
/**
 * Gorgias' widget on a customer's site. Only what is around its frame is known.
 */
export const gorgiasChat: SiteRule = {
  id: 'gorgias-chat',
  name: 'Gorgias chat',
  version: '2026-11-21',
  matches: [],
  frame: '#gorgias-chat-container iframe',
  mixed: true,
  variants: [],
  conversation: conversationInAddress,
  provenance: {
    source: 'a public list of chat widgets; the loader of the widget',
    date: '2026-03-13',
    confidence: 'low',
  },
};
