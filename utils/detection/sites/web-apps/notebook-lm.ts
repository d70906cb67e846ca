import type { SiteRule } from '../../types.ts';

/** NotebookLM, on its old and its new address. "To user" is the answer, "from user" the question. */
export const notebookLm: SiteRule = {
  id: 'notebook-lm',
  name: 'NotebookLM',
  version: '2026-11-21',
  matches: ['https://notebooklm.google.com/*', 'https://notebook.google.com/*'],
  variants: [
    {
      id: 'default',
      assistant: 'chat-message:has(.to-user-container)',
      body: '.message-text-content,.message-content',
      user: 'chat-message:has(.from-user-container)',
      userBody: '.message-text-content,.message-content',
      // Markers are bare numbers in the middle of a sentence.
      exclude: ['chat-actions', '.message-actions', '.citation-marker', '.thinking-message'],
    },
    {
      // A pair is a question and its answer.
      id: 'pair',
      assistant: 'chat-message:nth-child(2):last-child:not(:has(.to-user-container))',
      user: 'chat-message:first-child:nth-last-child(2):not(:has(.from-user-container))',
      exclude: ['chat-actions'],
    },
  ],
  conversation: ['/notebook/([0-9a-f-]{8,64})'],
  composer: 'textarea.query-box-input',
  provenance: {
    source:
      'the Vodou extension, verified live on eight turns; the text inside and the composer: several public projects',
    date: '2026-08-01',
    confidence: 'medium',
  },
};
