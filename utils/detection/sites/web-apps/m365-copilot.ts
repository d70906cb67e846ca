import type { SiteRule } from '../../types.ts';

/**
 * Microsoft 365 Copilot Chat is made of the Fluent AI components (npm @fluentui-copilot/react-copilot has the same class
 * names). In Teams the chat is a frame of Outlook's. No ids, no model, no conversation in the address.
 */
export const m365Copilot: SiteRule = {
  id: 'm365-copilot',
  name: 'Microsoft 365 Copilot',
  version: '2026-11-21',
  matches: [
    'https://m365.cloud.microsoft/chat*',
    'https://outlook.office.com/hosted/semanticoverview/*',
    'https://outlook.office.com/hosted/copilot*',
  ],
  variants: [
    {
      id: 'default',
      assistant: '.fai-CopilotMessage,[role="article"]:has([data-testid="markdown-reply"])',
      body: '[data-testid="markdown-reply"],.fai-CopilotMessage__content',
      user: '.fai-UserMessage,[data-testid="chatQuestion"]',
      exclude: [
        // "Copilot said", in the language of the interface.
        '.fai-CopilotMessage__accessibleHeading',
        '.fai-UserMessage__accessibleHeading',
        '.fai-CopilotMessage__actions',
        '.fai-SuggestionList',
        '[data-testid="CopyButtonTestId"]',
        '[data-testid="FeedbackContainerTestId"]',
      ],
      streaming: '.fai-CopilotMessage[aria-busy="true"],[role="article"][aria-busy="true"]',
      done: '.fai-CopilotMessage:not([aria-busy="true"]) .fai-CopilotMessage__actions',
    },
    {
      // By its role, once class and test id are gone.
      id: 'role',
      assistant: '[role="article"][aria-busy]:not(.fai-CopilotMessage,:has([data-testid="markdown-reply"]))',
      user: '.fai-UserMessage,[data-testid="chatQuestion"]',
      exclude: ['button', 'h6'],
      streaming: '[role="article"][aria-busy="true"]',
    },
  ],
  composer: '#m365-chat-editor-target-element',
  provenance: {
    source:
      'ruicx/Copy-AI-Chat-to-OneNote, selector notes calibrated 2026-09; npm @fluentui-copilot/react-copilot; addresses of frames: public test tools for Teams',
    date: '2026-09-01',
    confidence: 'medium',
  },
};
