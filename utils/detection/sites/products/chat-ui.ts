import type { RuleVariant, SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

/** As its source has it: reasoning, tool calls and forms are what it leaves out of a copy. */
const roles: RuleVariant = {
  id: 'roles',
  assistant: '[data-message-role="assistant"][data-message-id]',
  body: '.prose',
  user: '[data-message-type="user"][data-message-id]',
  userBody: 'p.whitespace-break-spaces',
  exclude: ['[data-exclude-from-copy]'],
  messageId: { attribute: 'data-message-id' },
  // Only where the router chose the model, which is told below the answer.
  model: { selector: 'a[href*="/settings/"]', attribute: 'href', pattern: '/settings/(.+)$' },
  done: '[data-message-role="assistant"] > :has(> button)',
};

/** Without the class of the text, all but the line below it, which has the buttons and the name of the model. */
const whole: RuleVariant = {
  ...roles,
  id: 'whole',
  body: '[data-message-role] > :not(img,svg,:has(> button))',
};

export const chatUiMessages: readonly RuleVariant[] = [roles, whole];
export const chatUiBusy = '.stop-generating-btn';

/** Hugging Face's chat-ui on a host of its own; HuggingChat itself has a rule. Of regenerated answers one is on the page. */
export const chatUi: SiteRule = {
  id: 'chat-ui',
  name: 'Hugging Face chat-ui',
  version: '2026-11-21',
  matches: [],
  signature: '[data-message-type="user"][data-message-id][role="presentation"]',
  variants: chatUiMessages,
  conversation: conversationInAddress,
  busy: chatUiBusy,
  provenance: {
    source: 'huggingface/chat-ui c100c162, ChatMessage.svelte and ChatWindow.svelte',
    date: '2026-08-21',
    confidence: 'high',
  },
};
