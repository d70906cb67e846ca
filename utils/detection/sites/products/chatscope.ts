import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

/** The chatscope React kit. It shows any chat: who writes the incoming messages is the page's business. */
export const chatscope: SiteRule = {
  id: 'chatscope',
  name: 'chatscope chat UI kit',
  version: '2026-11-21',
  matches: [],
  signature: '.cs-message-list',
  variants: [
    {
      id: 'default',
      assistant: 'section.cs-message.cs-message--incoming',
      body: '.cs-message__content',
      user: 'section.cs-message.cs-message--outgoing',
      userBody: '.cs-message__content',
    },
  ],
  conversation: conversationInAddress,
  busy: '.cs-typing-indicator',
  composer: '.cs-message-input__content-editor',
  caveat: 'it is an incoming message, which is AI only where this chat is with an AI',
  provenance: {
    source: 'npm @chatscope/chat-ui-kit-react 2.1.1, rendered in Chromium',
    date: '2026-11-21',
    confidence: 'high',
  },
};
