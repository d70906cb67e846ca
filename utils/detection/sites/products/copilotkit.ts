import type { RuleVariant, SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

const byRole: Omit<RuleVariant, 'id'> = {
  assistant: '.copilotKitMessage.copilotKitAssistantMessage',
  user: '.copilotKitMessage.copilotKitUserMessage',
};

/**
 * CopilotKit in its two generations, which an application may both use. The first has no ids, and its greeting looks like an
 * answer; its buttons come before the answer is complete. In the second the buttons come after.
 */
export const copilotKit: SiteRule = {
  id: 'copilotkit',
  name: 'CopilotKit',
  version: '2026-11-21',
  matches: [],
  signature:
    '.copilotKitMessages,[data-testid="copilot-message-list"],[data-copilotkit-in-progress],[data-copilot-running]',
  variants: [
    {
      ...byRole,
      id: 'v2',
      assistant: `${byRole.assistant}[data-message-id],[data-testid="copilot-assistant-message"][data-message-id]`,
      user: `${byRole.user},[data-testid="copilot-user-message"]`,
      exclude: ['[data-testid^="copilot-tool-render"]'],
      codeBlock: '[data-streamdown="code-block"]',
      messageId: { attribute: 'data-message-id' },
      done: '[data-testid="copilot-assistant-toolbar"]',
    },
    {
      ...byRole,
      id: 'v1',
      // A greeting is before the first question.
      assistant: `.copilotKitUserMessage ~ ${byRole.assistant}:not([data-message-id])`,
      body: '.copilotKitMarkdown',
      codeBlock: '.copilotKitCodeBlock',
    },
  ],
  conversation: conversationInAddress,
  busy: '[data-copilotkit-in-progress="true"],[data-copilot-running="true"]',
  composer: '[data-testid="copilot-chat-textarea"]',
  provenance: {
    source: 'npm @copilotkit/react-ui and @copilotkit/react-core 1.74.0, rendered and streamed in Chromium',
    date: '2026-11-21',
    confidence: 'high',
  },
};
