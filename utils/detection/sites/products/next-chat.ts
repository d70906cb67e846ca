import type { SiteRule } from '../../types.ts';

const row = ':has(> [class*="chat_chat-message-container__"])';

/**
 * NextChat on any host. Its CSS modules keep the names of file and class before a hash; the row of an answer has the plain one.
 * The greeting and the prompts that a mask brings look like answers. The address names no conversation.
 */
export const nextChat: SiteRule = {
  id: 'next-chat',
  name: 'NextChat',
  version: '2026-11-21',
  matches: [],
  signature: '[class*="chat_chat-message-container__"]',
  variants: [
    {
      id: 'default',
      assistant: `[class*="chat_chat-message__"]${row}`,
      body: '[class*="chat_chat-message-item__"]',
      user: `[class*="chat_chat-message-user__"]${row}`,
      userBody: '[class*="chat_chat-message-item__"]',
      model: { selector: '[class*="chat_chat-model-name__"]' },
      streaming: '[class*="chat_chat-message-status__"]',
    },
  ],
  composer: 'textarea#chat-input',
  provenance: {
    source: 'ChatGPTNextWeb/NextChat 706a18b chat.tsx; class names of builds in public projects',
    date: '2026-07-06',
    confidence: 'medium',
  },
};
