import type { Locator, RuleVariant, SiteRule } from '../../types.ts';

const common: Omit<RuleVariant, 'id' | 'assistant'> = {
  user: 'user-query',
  userBody: '.query-text-line',
  exclude: ['model-thoughts', 'message-actions', 'sources-list'],
  codeBlock: 'code-block,.code-block',
};

const messageId: Locator = {
  selector: 'message-content[id^="message-content-id-r_"]',
  attribute: 'id',
  pattern: '^message-content-id-(r_[\\w-]+)$',
};

/** Gemini uses custom elements without shadow roots. The stop icon is independent of the language, and can get stuck. */
export const gemini: SiteRule = {
  id: 'gemini',
  name: 'Gemini',
  version: '2026-11-21',
  matches: ['https://gemini.google.com/*'],
  variants: [
    {
      ...common,
      id: 'default',
      assistant: 'model-response',
      body: '.markdown.markdown-main-panel',
      messageId,
      done: '.response-footer.complete',
    },
    // The element around it, once the class is gone.
    { ...common, id: 'element', assistant: 'model-response', body: 'message-content', messageId },
    {
      // The choice between two answers, seen live on 2026-06-24: there is no model-response while it is open.
      ...common,
      id: 'choice',
      assistant: 'dual-model-response .markdown.markdown-main-panel',
      group: 'dual-model-response',
    },
    {
      // What has a button to choose it, once the class is gone.
      ...common,
      id: 'choice-element',
      assistant: 'dual-model-response:not(:has(.markdown-main-panel)) response-selection-panel :has(> button)',
      group: 'dual-model-response',
    },
    {
      // The report beside the chat.
      ...common,
      id: 'research',
      assistant: 'deep-research-immersive-panel #extended-response-markdown-content',
    },
  ],
  conversation: ['^/(?:u/\\d+/)?(?:app|gem/[^/]+)/([0-9a-f]+)'],
  busy: 'input-area-v2 mat-icon[fonticon="stop"]',
  composer: 'rich-textarea .ql-editor[contenteditable="true"]',
  provenance: {
    source: 'revivalstack/ai-chat-exporter 4ce218d; UnLuckKing/ZeroScript-Free; sho7650/obsidian-AI-exporter',
    date: '2026-08-01',
    confidence: 'high',
  },
};
