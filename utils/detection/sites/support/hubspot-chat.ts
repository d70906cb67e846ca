import type { SiteRule } from '../../types.ts';

/**
 * The frame of HubSpot's chat on a customer's site, known by its address. Nothing is known of what is inside.
 */
export const hubspotChat: SiteRule = {
  id: 'hubspot-chat',
  name: 'HubSpot chat',
  version: '2026-11-21',
  matches: ['https://*.hubspot.com/conversations-visitor/*'],
  mixed: true,
  variants: [],
  // The visitor, whose chat it is.
  conversation: ['/threads/utk/([0-9a-f]{8,64})'],
  provenance: {
    source: 'a public test driver, seen live on 2026-07-19; addresses in public captures',
    date: '2026-07-19',
    confidence: 'low',
  },
};
