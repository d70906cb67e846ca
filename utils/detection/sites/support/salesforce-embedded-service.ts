import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

const item = '.chatMessage.embeddedServiceLiveAgentStateChatItem';

/**
 * Salesforce's older chat on a customer's site. The Einstein bot and a person are both "agent", so who answers is unknown until
 * a reviewer says whose name is an AI's.
 */
export const salesforceEmbeddedService: SiteRule = {
  id: 'salesforce-embedded-service',
  name: 'Salesforce Embedded Service chat',
  version: '2026-11-21',
  matches: [],
  signature: item,
  mixed: true,
  variants: [
    {
      id: 'default',
      row: `${item}.agent`,
      user: `${item}.chasitor`,
      author: { selector: '.agentName' },
      body: '.chatContent',
      userBody: '.chatContent',
      // The choices that a bot offers, and what is for screen readers only.
      exclude: ['.rich-menu', '.assistiveText'],
    },
  ],
  conversation: conversationInAddress,
  composer: 'textarea.chasitorText',
  provenance: {
    source: 'a capture in a public test of chatbots, style sheets of several sites, undated',
    date: '2026-11-21',
    confidence: 'low',
  },
};
