import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';
/**
 * Salesforce's Enhanced Chat, with Agentforce or with people, in a frame full of nested open shadow roots. Its messages have class
 * names of a pattern that fits their wrappers, time stamps and notices too, so the finder looks for them.
 */
export const salesforceAgentforce: SiteRule = {
  id: 'salesforce-agentforce',
  name: 'Salesforce Agentforce',
  version: '2026-11-21',
  matches: [],
  signature: 'runtime_copilot-cwc-broker',
  mixed: true,
  variants: [],
  conversation: conversationInAddress,
  provenance: {
    source: 'a public test driver, seen live on 2026-06-09',
    date: '2026-06-09',
    confidence: 'low',
  },
};
