import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

/** Botpress Webchat. A person who takes over from the bot writes messages that look the same, and no name is shown. */
export const botpress: SiteRule = {
  id: 'botpress',
  name: 'Botpress Webchat',
  version: '2026-11-21',
  matches: [],
  signature: '.bpMessageListContainer,[data-direction="incoming"] [data-direction="incoming"][data-feedback]',
  mixed: true,
  variants: [
    {
      id: 'default',
      // The direction is "system" for dates.
      assistant: '.bpMessageContainer[data-direction="incoming"]',
      body: '.bpMessageBlocksBubble',
      user: '.bpMessageContainer[data-direction="outgoing"]',
      userBody: '.bpMessageBlocksBubble',
      exclude: ['.bpMessageBlocksBubbleFeedbackContainer'],
      codeBlock: '.bpMessageBlocksTextCodeBlockContainer',
    },
    {
      // By the bubble that can be rated, once the classes are gone.
      id: 'rated',
      assistant: '[data-direction="incoming"][data-feedback]:not(.bpMessageBlocksBubble)',
      user: '[data-direction="outgoing"]:not(.bpMessageContainer,.bpMessageBlocksBubble)',
    },
  ],
  conversation: conversationInAddress,
  busy: '.bpTypingIndicatorContainer',
  composer: '.bpComposerInput',
  caveat: 'a person who takes over from the bot looks the same',
  // As it was rendered, but whether a message is the bot's is not certain: it is offered, not asserted.
  provenance: { source: 'npm @botpress/webchat 4.5.2, rendered in Chromium', date: '2026-11-21', confidence: 'medium' },
};
