import type { SiteRule } from '../../types.ts';

/**
 * Kimi. The reasoning is Markdown inside the box of the answer; one project found 1,045 characters of it in an answer. Code
 * stands beside the Markdown, so the box is the body. `.current-model` is the current choice, so no model is read.
 */
export const kimi: SiteRule = {
  id: 'kimi',
  name: 'Kimi',
  version: '2026-11-21',
  matches: ['https://www.kimi.com/*'],
  variants: [
    {
      id: 'default',
      assistant: '.segment.segment-assistant',
      body: '.segment-content-box',
      user: '.segment.segment-user',
      userBody: '.user-content__text,.segment-content-box',
      exclude: [
        '.thinking-container',
        '.toolcall-container',
        '.toolcall-flow',
        '.segment-assistant-actions',
        '.segment-user-action-row',
      ],
      codeBlock: '.segment-code',
      done: '.segment-assistant-actions',
    },
  ],
  conversation: ['/chat/([^/?#]{1,128})'],
  busy: '.send-button-container.stop',
  composer: '.chat-editor .chat-input-editor,.chat-input-editor',
  provenance: {
    source:
      'UnLuckKing/ZeroScript-Free 11752a2, validated live 2026-06; ruicx/Copy-AI-Chat-to-OneNote, calibrated 2026-09; the Vodou extension',
    date: '2026-09-01',
    confidence: 'high',
  },
};
