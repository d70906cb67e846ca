import type { RuleVariant, SiteRule } from '../../types.ts';

const common: Omit<RuleVariant, 'id' | 'assistant'> = {
  body: 'ms-text-chunk,ms-prompt-chunk',
  userBody: 'ms-text-chunk,ms-prompt-chunk',
  exclude: ['ms-thought-chunk', '.author-label', '.actions-container'],
  messageId: { selector: 'ms-chat-turn[id]', in: 'ancestor', attribute: 'id' },
};

/**
 * Google AI Studio. The list is virtual and empties turns out of view. The model card shows the current choice, so no model is
 * read. Who wrote a turn is a class, or, by another source, an attribute.
 */
export const aiStudio: SiteRule = {
  id: 'ai-studio',
  name: 'Google AI Studio',
  version: '2026-11-21',
  matches: ['https://aistudio.google.com/*'],
  variants: [
    { ...common, id: 'class', assistant: '.chat-turn-container.model', user: '.chat-turn-container.user' },
    {
      ...common,
      id: 'role',
      assistant: 'ms-chat-turn:has([data-turn-role="Model"])',
      user: 'ms-chat-turn:has([data-turn-role="User"])',
    },
  ],
  // Unsaved prompts are all `new_chat`.
  conversation: ['/prompts/(?!new_chat(?:[/?#]|$))([^/?#]{1,128})'],
  busy: 'ms-run-button button:has(.spin),ms-stop-button',
  composer: 'textarea.textarea,ms-prompt-box textarea',
  provenance: {
    source:
      'urzeye/ophel db0fb83, aistudio.ts; the Vodou extension, verified live; thoughts: several maintained projects',
    date: '2026-08-01',
    confidence: 'medium',
  },
};
