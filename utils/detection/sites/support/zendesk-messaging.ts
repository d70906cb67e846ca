import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';
/**
 * Zendesk's messaging on a customer's site, in a frame of the same origin, recognized by its composer among Zendesk's own
 * controls. Its messages bear no mark of their author, so the finder looks for them.
 */
export const zendeskMessaging: SiteRule = {
  id: 'zendesk-messaging',
  name: 'Zendesk messaging',
  version: '2026-11-21',
  matches: [],
  signature: 'body:has([data-garden-id]) #composer-input',
  mixed: true,
  variants: [],
  conversation: conversationInAddress,
  composer: '#composer-input',
  provenance: {
    source: 'duckduckgo/zendesk-subscription-support-messenger 7d2fc10',
    date: '2026-02-27',
    confidence: 'low',
  },
};
