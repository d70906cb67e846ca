import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';
/**
 * The frame of Freshchat on a customer's site, known by its address. Nothing is known of what is inside.
 */
export const freshchat: SiteRule = {
  id: 'freshchat',
  name: 'Freshchat',
  version: '2026-11-21',
  matches: ['https://wchat.freshchat.com/*'],
  mixed: true,
  variants: [],
  conversation: conversationInAddress,
  provenance: {
    source: 'the embedding code of many sites; a public list of chat widgets',
    date: '2026-03-13',
    confidence: 'low',
  },
};
