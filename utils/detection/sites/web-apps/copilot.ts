import type { SiteRule } from '../../types.ts';

/** Microsoft Copilot for consumers. The mode button is a picker, so no model is read; the heading "Copilot said" is localized. */
export const copilot: SiteRule = {
  id: 'copilot',
  name: 'Microsoft Copilot',
  version: '2026-11-21',
  matches: ['https://copilot.microsoft.com/*', 'https://www.copilot.com/*'],
  variants: [
    {
      id: 'default',
      assistant: '[data-content="ai-message"]',
      body: '[id*="-content-"]',
      user: '[data-content="user-message"]',
      userBody: '[id$="-user-message"]',
      exclude: ['[id$="-author"]', '[data-testid="message-item-reactions"]'],
      messageId: { selector: '[id*="-content-"]', attribute: 'id', pattern: '^(.+?)-content-\\d+$' },
      done: '[data-testid="message-item-reactions"]',
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
