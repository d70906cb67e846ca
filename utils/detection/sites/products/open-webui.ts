import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

/**
 * Open WebUI on any host. Reasoning and tool calls are folded parts of the answer; nothing marks them but how they fold, so what
 * the answer itself folds is left out as well. Several models answer side by side; a merged answer has no id and is not found.
 */
export const openWebUi: SiteRule = {
  id: 'open-webui',
  name: 'Open WebUI',
  version: '2026-11-21',
  matches: [],
  signature: '[id^="message-"] :is(.chat-assistant,#response-content-container)',
  variants: [
    {
      id: 'default',
      assistant: '[id^="message-"]:has(.chat-assistant,#response-content-container)',
      // The id is on the page once per message.
      body: '#response-content-container',
      user: '[id^="message-"]:has(.chat-user)',
      userBody: '.chat-user',
      exclude: ['.w-full:is(.space-y-1,.my-1):has(> .cursor-pointer)'],
      messageId: { attribute: 'id', pattern: '^message-(.+)$' },
      model: { selector: '#response-message-model-name' },
      group: '[id^="responses-container-"]',
      done: '.copy-response-button',
    },
  ],
  conversation: conversationInAddress,
  composer: '#chat-input',
  provenance: {
    source:
      'open-webui/open-webui 014cb61 MultiResponseMessages.svelte, 0179204 ResponseMessage.svelte, stored copies of these and of the Markdown components that may mix forks',
    date: '2026-11-21',
    confidence: 'medium',
  },
};
