import type { RuleVariant, SiteRule } from '../../types.ts';

const common: Omit<RuleVariant, 'id' | 'assistant'> = {
  body: '[id*="-content-"]',
  userBody: '[id$="-user-message"]',
  exclude: ['[id$="-author"]', '[data-testid="message-item-reactions"]'],
  messageId: { selector: '[id*="-content-"]', attribute: 'id', pattern: '^(.+?)-content-\\d+$' },
  done: '[data-testid="message-item-reactions"]',
};

/** Microsoft Copilot for consumers. The mode button is a picker, so no model is read; the heading "Copilot said" is localized. */
export const copilot: SiteRule = {
  id: 'copilot',
  name: 'Microsoft Copilot',
  version: '2026-11-21',
  matches: ['https://copilot.microsoft.com/*', 'https://www.copilot.com/*'],
  variants: [
    {
      ...common,
      id: 'default',
      assistant: '[data-content="ai-message"]',
      user: '[data-content="user-message"]',
    },
    {
      // Newer test ids that were reported; what is inside was not.
      ...common,
      id: 'turns',
      assistant: '[data-testid="chat-turn-assistant"]:not(:has([data-content="ai-message"]))',
      user: '[data-testid="chat-turn-user"]:not(:has([data-content="user-message"]))',
    },
  ],
  conversation: ['/chats/([A-Za-z0-9_-]{21})'],
  busy: '[data-testid="loading-message"]',
  composer: 'textarea#userInput',
  provenance: {
    source: 'revivalstack/ai-chat-exporter 4ce218d',
    date: '2026-03-20',
    confidence: 'high',
  },
};
