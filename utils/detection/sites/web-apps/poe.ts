import type { SiteRule } from '../../types.ts';

const right = '[class*="rightSideMessageBubble"]';
const header = '[class*="LeftSideMessageHeader"]';

/**
 * Poe ships CSS modules, whose names end in a hash per build: only their beginnings are used. The header above an answer names
 * the bot, which is the model.
 */
export const poe: SiteRule = {
  id: 'poe',
  name: 'Poe',
  version: '2026-11-21',
  matches: ['https://poe.com/*'],
  // Without its classes a question looks like an answer, so rows that are alike say nothing to the finder.
  mixed: true,
  // Answers are told by not being on the right: without that mark a question would look like one.
  signature: right,
  variants: [
    {
      id: 'default',
      assistant: `[class*="ChatMessage_chatMessage"]:not(:has(${right}))`,
      body: '[class*="Markdown_markdownContainer"]',
      user: `[class*="ChatMessage_chatMessage"]:has(${right})`,
      userBody: `[class*="Markdown_markdownContainer"],${right}`,
      author: { selector: header },
      exclude: [header, '[class*="MessageOverflowActions"]', '[class*="messageMetadataContainer"]'],
      messageId: { selector: '[id^="message-"]', attribute: 'id', pattern: '^message-(.+)$' },
      model: { selector: header },
    },
  ],
  conversation: ['/chat/([^/?#]{1,128})'],
  composer: 'textarea[class*="GrowingTextArea"]',
  provenance: {
    source: 'the Vodou extension, verified live on six turns',
    date: '2026-08-01',
    confidence: 'medium',
  },
};
