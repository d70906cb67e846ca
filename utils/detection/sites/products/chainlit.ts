import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

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
    {
      id: 'default',
      assistant: '[data-step-type="assistant_message"]',
      body: '.message-content',
      user: '[data-step-type="user_message"]',
      userBody: '.message-content',
      messageId: { selector: '[id^="step-"]', attribute: 'id', pattern: '^step-(.+)$' },
      streaming: '.loading-cursor',
    },
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
