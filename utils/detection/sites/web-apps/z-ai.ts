import type { SiteRule } from '../../types.ts';

/** Z.ai runs a changed Open WebUI. The reasoning is inside the answer, and its text can stand beside its heading. */
export const zAi: SiteRule = {
  id: 'z-ai',
  name: 'Z.ai',
  version: '2026-11-21',
  matches: ['https://chat.z.ai/*'],
  variants: [
    {
      id: 'default',
      assistant: '.chat-assistant',
      user: '.chat-user',
      exclude: [
        '.thinking-chain-container',
        '.thinking-block',
        '.edit-user-message-button',
        // The card of an attached picture.
        '.chat-user > div:has(img[data-cy="image"])',
      ],
      messageId: { selector: '[id^="message-"]', in: 'ancestor', attribute: 'id', pattern: '^message-(.+)$' },
    },
  ],
  conversation: ['/c/([0-9a-f-]{8,64})'],
  composer: '#chat-input',
  provenance: {
    source:
      'the Vodou extension, verified live 2026-08-01; UnLuckKing/ZeroScript-Free 11752a2, validated live 2026-06; srbhptl39/MCP-SuperAssistant c26168e',
    date: '2026-08-01',
    confidence: 'medium',
  },
};
