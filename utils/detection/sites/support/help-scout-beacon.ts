import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';
/**
 * Help Scout's widget on a customer's site. Only what is around its frame is known.
 */
export const helpScoutBeacon: SiteRule = {
  id: 'help-scout-beacon',
  name: 'Help Scout Beacon',
  version: '2026-11-21',
  matches: [],
  frame: '#beacon-container iframe',
  mixed: true,
  variants: [],
  conversation: conversationInAddress,
  provenance: {
    source: 'a public list of chat widgets',
    date: '2026-03-13',
    confidence: 'low',
  },
};
