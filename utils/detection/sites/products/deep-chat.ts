import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

/** The deep-chat web component; everything is inside its open shadow root. */
export const deepChat: SiteRule = {
  id: 'deep-chat',
  name: 'deep-chat',
  version: '2026-11-21',
  matches: [],
  signature: 'deep-chat',
  variants: [
    {
      id: 'default',
      // Other roles have other class names. The greeting and the loading bubble are not answers; errors have a role of their own.
      assistant: '.outer-message-container.deep-chat-outer-container-role-ai:not(.deep-chat-intro)',
      // Bubbles without one of these two are set up by the page, not said by the AI.
      body: '.ai-message:is(.text-message,.html-message):not(.deep-chat-loading-message-bubble,.error-message-text)',
      user: '.outer-message-container.deep-chat-outer-container-role-user',
      userBody: '.user-message-text',
    },
  ],
  conversation: conversationInAddress,
  busy: '.input-button.loading-button, .input-button[aria-busy="true"]',
  composer: '#text-input',
  provenance: { source: 'npm deep-chat 2.4.2, rendered in Chromium', date: '2026-11-21', confidence: 'high' },
};
