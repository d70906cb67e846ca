import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

/** Dialogflow Messenger (CX): nested open shadow roots, an entry for each turn, and the text three roots below it. */
export const dfMessenger: SiteRule = {
  id: 'df-messenger',
  name: 'Dialogflow Messenger',
  version: '2026-11-21',
  matches: [],
  signature: 'df-messenger',
  variants: [
    {
      id: 'cx',
      assistant: '.message-list-wrapper .entry.bot',
      body: '.message.bot-message',
      user: '.message-list-wrapper .entry.user',
      userBody: '.message.user-message',
    },
    // Only a bot's text is Markdown: by the element, once the classes are gone.
    { id: 'element', assistant: ':not(.message-stack) > df-markdown-message' },
  ],
  conversation: conversationInAddress,
  composer: 'textarea.input-box',
  provenance: {
    source: 'four public programs that read its messages, undated; its script cannot be had to render it',
    date: '2026-11-21',
    confidence: 'medium',
  },
};
