import type { SiteRule } from '../../types.ts';

/**
 * DeepSeek. Only answers hold rendered Markdown, which is what tells the roles apart; other classes are hashed. Reasoning is
 * Markdown too, inside the answer. The stop icon is missing while the model reasons, so the text must stand still for longer.
 */
export const deepSeek: SiteRule = {
  id: 'deepseek',
  name: 'DeepSeek',
  version: '2026-11-21',
  matches: ['https://chat.deepseek.com/*'],
  variants: [
    {
      id: 'default',
      assistant: '.ds-message:has(.ds-markdown)',
      body: '.ds-markdown',
      user: '.ds-message:not(:has(.ds-markdown,.ds-think-content))',
      userBody: '.ds-collapsible-text',
      exclude: ['.ds-think-content'],
      codeBlock: '.md-code-block',
      // The row of the virtual list.
      rowKey: {
        selector: '[data-virtual-list-item-key]',
        in: 'ancestor',
        attribute: 'data-virtual-list-item-key',
      },
      quietMs: 2500,
    },
  ],
  conversation: ['/a/chat/s/([0-9a-f-]{36})'],
  // The box for editing a message is a textarea as well.
  composer: 'textarea:not(.ds-textarea textarea)',
  provenance: {
    source:
      'ruicx/Copy-AI-Chat-to-OneNote, calibrated 2026-09; UnLuckKing/ZeroScript-Free 11752a2, validated live 2026-07; the Vodou extension',
    date: '2026-09-01',
    confidence: 'high',
  },
};
