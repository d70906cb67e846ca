import type { Locator, RuleVariant, SiteRule } from '../../types.ts';
import { disclosure } from '../disclosure.ts';

const messageId: Locator = {
  selector: '[id^="response-"]',
  in: 'ancestor',
  attribute: 'id',
  pattern: '^response-([\\w-]+)$',
};
const common: Omit<RuleVariant, 'id' | 'assistant'> = {
  // Both roles use the same bubble and the same body class.
  body: '.response-content-markdown',
  user: '[data-testid="user-message"],[id^="response-"].items-end',
  userBody: '.response-content-markdown',
  exclude: ['.thinking-container', '.action-buttons'],
  codeBlock: '.not-prose:has(pre code)',
  messageId,
};

/** Grok on grok.com, in two renderings. The stop button is localized. */
export const grok: SiteRule = {
  id: 'grok',
  name: 'Grok',
  version: '2026-11-21',
  matches: ['https://grok.com/*'],
  variants: [
    // Both roles have `.action-buttons`, so the side tells them apart.
    {
      ...common,
      id: 'aligned',
      assistant: '[id^="response-"].items-start',
      done: '[id^="response-"].items-start .action-buttons',
    },
    { ...common, id: 'test-ids', assistant: '[data-testid="assistant-message"]' },
    {
      // All of it, once the class of the text is gone.
      id: 'whole',
      assistant: '[data-testid="assistant-message"]:not(:has(.response-content-markdown))',
      user: '[data-testid="user-message"]',
      exclude: [disclosure],
      messageId,
    },
  ],
  conversation: ['/c/([0-9a-f-]{36})'],
  composer: '.tiptap.ProseMirror[contenteditable="true"]',
  provenance: {
    source: 'revivalstack/ai-chat-exporter 4ce218d; a list verified live on 2026-08-01',
    date: '2026-08-01',
    confidence: 'high',
  },
};
