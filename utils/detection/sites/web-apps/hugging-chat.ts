import type { SiteRule } from '../../types.ts';
import { chatUiBusy, chatUiMessages } from '../products/chat-ui.ts';

const list = '.h-max.flex-col.gap-8';

/** HuggingChat. `roles` is what its source says; `layout` is what was seen on the site, where `group` alone means nothing. */
export const huggingChat: SiteRule = {
  id: 'hugging-chat',
  name: 'HuggingChat',
  version: '2026-11-21',
  matches: ['https://huggingface.co/chat/*'],
  variants: [
    ...chatUiMessages,
    {
      id: 'layout',
      assistant: `${list} > .group:has(.prose):not([data-message-role])`,
      body: '.prose',
      user: `${list} > .group:not(:has(.prose)):not([data-message-role],[data-message-type])`,
      exclude: ['[class*="group/header"]', '.absolute', '[data-exclude-from-copy]'],
    },
  ],
  conversation: ['/chat/conversation/([0-9a-f]{24}|[^/?#]{1,128})'],
  busy: chatUiBusy,
  provenance: {
    source: 'huggingface/chat-ui c100c162; the Vodou extension, verified live 2026-08-01 on six turns',
    date: '2026-08-21',
    confidence: 'medium',
  },
};
