import type { RuleVariant, SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

const item = '.agent-message-wrap .agent-message';
const byNobody = ':has(.avatar-wrap img[src*="chatwoot_bot"])';

const common: Omit<RuleVariant, 'id'> = {
  user: '.user-message-wrap',
  author: { selector: '.agent-name' },
  body: '.message-content',
  userBody: '.chat-bubble.user',
};

/**
 * Chatwoot's chat on a customer's site, in a frame from the Chatwoot host. A person and a bot with a name look the same; what
 * nobody is named for has the picture of a robot, but so has an automatic greeting. Only the last of a group shows who wrote it.
 */
export const chatwootWidget: SiteRule = {
  id: 'chatwoot-widget',
  name: 'Chatwoot widget',
  version: '2026-11-21',
  matches: [],
  // The picture of its robot stays where classes go.
  signature: '.agent-message-wrap,.user-message-wrap,img[src*="chatwoot_bot"]',
  mixed: true,
  variants: [
    { ...common, id: 'robot', assistant: `${item}${byNobody}` },
    { ...common, id: 'message', row: `${item}:not(${byNobody})` },
  ],
  conversation: conversationInAddress,
  composer: '#chat-input.user-message-input',
  caveat: 'automatic greetings look the same',
  provenance: {
    source: 'chatwoot/chatwoot app/javascript/widget/components, stored copies of 2024 to 2026',
    date: '2026-11-21',
    confidence: 'medium',
  },
};
