import type { RuleVariant, SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

const byType: Omit<RuleVariant, 'id'> = {
  assistant: '[data-step-type="assistant_message"]',
  user: '[data-step-type="user_message"]',
  messageId: { selector: '[id^="step-"]', attribute: 'id', pattern: '^step-(.+)$' },
  streaming: '.loading-cursor',
};

/**
 * Chainlit, as a page of its own or as a copilot in an open shadow root. Steps (tools, reasoning) are elements of the same
 * kind with another type, beside the messages; they are not answers.
 */
export const chainlit: SiteRule = {
  id: 'chainlit',
  name: 'Chainlit',
  version: '2026-11-21',
  matches: [],
  signature: '[data-step-type$="_message"]',
  variants: [
    { ...byType, id: 'default', body: '.message-content', userBody: '.message-content' },
    // Versions before and after may name the content otherwise; all but buttons is it then.
    { ...byType, id: 'whole', exclude: ['img[alt^="Avatar for "]'] },
  ],
  conversation: ['/thread/([\\w-]{1,128})', ...conversationInAddress],
  busy: '#stop-button',
  composer: '#chat-input',
  provenance: {
    source: 'Chainlit/chainlit 488b7457, frontend/src/components/chat',
    date: '2026-04-24',
    confidence: 'medium',
  },
};
