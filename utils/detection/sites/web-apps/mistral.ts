import type { SiteRule } from '../../types.ts';

/** Mistral's Le Chat says who wrote a message and which part of it is the answer. Its stop button is localized and not used. */
export const mistral: SiteRule = {
  id: 'mistral',
  name: 'Mistral Le Chat',
  version: '2026-11-21',
  matches: ['https://chat.mistral.ai/*'],
  variants: [
    {
      id: 'default',
      assistant: '[data-message-author-role="assistant"][data-message-id]',
      body: '[data-message-part-type="answer"]',
      user: '[data-message-author-role="user"]',
      // `.text-hint` is the time, inside the message.
      exclude: ['[data-message-part-type="reasoning"]', '.text-hint'],
      messageId: { attribute: 'data-message-id' },
    },
  ],
  conversation: ['/chat/([0-9a-f-]{36})'],
  composer: 'div.ProseMirror[contenteditable="true"],textarea[name="message.text"]',
  provenance: {
    source: 'the Vodou extension, verified live 2026-08-01; srbhptl39/MCP-SuperAssistant c26168e',
    date: '2026-08-01',
    confidence: 'high',
  },
};
