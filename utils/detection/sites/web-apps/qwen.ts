import type { RuleVariant, SiteRule } from '../../types.ts';

const common: Omit<RuleVariant, 'id' | 'assistant'> = {
  body: '.response-message-content.phase-answer',
  user: '.qwen-chat-message-user',
  exclude: ['[class*="qwen-chat-thinking"]', '.phase-thinking'],
  done: '.copy-response-button',
};

/**
 * Qwen Chat. One message can hold two answers, of which the reader chooses one. Code is in an editor that drops its lines out of
 * view, so code may be missing from a text that is read there.
 */
export const qwen: SiteRule = {
  id: 'qwen',
  name: 'Qwen Chat',
  version: '2026-11-21',
  matches: ['https://chat.qwen.ai/*'],
  variants: [
    {
      ...common,
      id: 'default',
      assistant:
        '.qwen-chat-message-assistant:not(.qwen-chat-message-dual-message,:has(.qwen-chat-message-dual-message))',
      messageId: {
        selector: '[id^="qwen-chat-message-assistant-"]',
        attribute: 'id',
        pattern: '^qwen-chat-message-assistant-(.+)$',
      },
    },
    {
      ...common,
      id: 'choice',
      assistant: '.qwen-chat-message-dual-message .response-message-box',
      group: '.qwen-chat-message-dual-message',
    },
  ],
  conversation: ['/c/([0-9a-f-]{36})'],
  busy: 'button.stop-button',
  composer: 'textarea.message-input-textarea',
  provenance: {
    source:
      'UnLuckKing/ZeroScript-Free 11752a2, validated live 2026-06; the Vodou extension, verified live; srbhptl39/MCP-SuperAssistant c26168e',
    date: '2026-08-01',
    confidence: 'high',
  },
};
