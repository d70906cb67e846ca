import type { SiteRule } from '../../types.ts';

/**
 * Meta AI marks its answers only. A question is told by the class of its entry animation, so the prompt is lost when that
 * changes, and nothing worse.
 */
export const metaAi: SiteRule = {
  id: 'meta-ai',
  name: 'Meta AI',
  version: '2026-11-21',
  matches: ['https://www.meta.ai/*'],
  variants: [
    {
      id: 'default',
      assistant: '[data-testid="assistant-message"]',
      user: '[class*="translate-y-"]:not(button,:has([data-testid="assistant-message"]),[data-testid="assistant-message"] [class*="translate-y-"])',
      exclude: ['[data-testid="thinking-status"]', '[data-testid="subagent-cot-list"]'],
    },
  ],
  conversation: ['/prompt/([0-9a-f-]{8,64})'],
  provenance: {
    source: 'the Vodou extension, verified live on 22 turns',
    date: '2026-08-01',
    confidence: 'medium',
  },
};
