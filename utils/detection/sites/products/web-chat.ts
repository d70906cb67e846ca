import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

/** Microsoft's Bot Framework Web Chat. A person who takes over from the bot looks the same, which is rare: it costs no weight. */
export const webChat: SiteRule = {
  id: 'web-chat',
  name: 'Bot Framework Web Chat',
  version: '2026-11-21',
  matches: [],
  signature: '.webchat__basic-transcript',
  variants: [
    {
      id: 'default',
      // The live region and the keyboard help contain articles as well; only those of the feed are messages.
      assistant: 'section[role="feed"] > article:has(.webchat__bubble):not(:has(.webchat__bubble--from-user))',
      body: '.webchat__bubble__content',
      user: 'section[role="feed"] > article:has(.webchat__bubble--from-user)',
      userBody: '.webchat__bubble__content',
    },
  ],
  conversation: conversationInAddress,
  composer: '.webchat__send-box-text-box__input',
  remark: 'a person who takes over from the bot looks the same',
  provenance: {
    source: 'npm botframework-webchat 4.18.1, rendered in Chromium',
    date: '2026-11-21',
    confidence: 'high',
  },
};
