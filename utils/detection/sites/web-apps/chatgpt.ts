import type { RuleVariant, SiteRule } from '../../types.ts';

/**
 * ChatGPT runs several renderers at once. Facts by renderer:
 * classic: live capture of 2026-03-20 (revivalstack/ai-chat-exporter), AI-MarkDone 2026-08-22. The turn was an `article`, then
 *   a `section`; its number changes when it is mounted again, so neither is used. User turns have a copy button as well.
 * dil: seen beside classic in 2026, with a class name of CSS modules; by 2026-09-24 also without the role around it.
 * keyed: 2026-09/10, several maintained projects. One turn holds both roles. Ids of the messages are listed on the unit.
 * signed-out: checked by others on 2026-09-22 and 2026-10-03. `data-message-complete` comes true while the text still grows, so
 *   it is not used, and the text must stand still for longer.
 * Deep research reports are in a frame of their own: see chatgpt-research.ts.
 */
const user = '[data-message-author-role="user"]';
/** The chain of thought, and the row that tells what the model is doing. */
const thinking = ['[data-testid^="cot-v5"]', '[data-streaming-response-status]', '.thinking-container'];
/** CodeMirror in a widget: a header with the language and buttons above the code. */
const codeBlock = '[data-client-defined-widget="code_block"],[data-d-component="code_block"]';

const byRole: Omit<RuleVariant, 'id'> = {
  assistant: '[data-message-author-role="assistant"][data-message-id]',
  user,
  exclude: thinking,
  codeBlock,
  messageId: { attribute: 'data-message-id' },
  model: { attribute: 'data-message-model-slug' },
  // The assistant's row only: the user's turn has a copy button too.
  done: '[data-turn="assistant"] [data-testid="copy-turn-action-button"]',
};

const keyed: Omit<RuleVariant, 'id'> = {
  assistant: '[data-chatgpt-search-unit-key$=":assistant"],[data-content-search-unit-key$=":assistant"]',
  user: '[data-chatgpt-search-unit-key$=":user"],[data-content-search-unit-key$=":user"],[data-user-message-bubble]',
  userBody: '[data-user-message-bubble]',
  // The agent's steps are beside their start mark.
  exclude: [...thinking, ':has(> [data-chatgpt-agent-turn-start])', '[data-conversation-role]'],
  codeBlock,
  messageId: { attribute: 'data-chatgpt-search-message-ids', pattern: '^\\s*(\\S+)' },
  // A turn that the site could not name yet is numbered: no identity.
  rowKey: {
    selector: '[data-turn-key]',
    in: 'ancestor',
    attribute: 'data-turn-key',
    pattern: '^(?!fallback-turn-)(.+)$',
  },
  done: '[data-turn-key] .turn-action-controls button',
};

export const chatGpt: SiteRule = {
  id: 'chatgpt',
  name: 'ChatGPT',
  version: '2026-11-21',
  matches: ['https://chatgpt.com/*', 'https://chat.openai.com/*'],
  variants: [
    { ...byRole, id: 'dil', body: '.puik-root.not-markdown > [class*="DilResponseRoot"]' },
    { ...byRole, id: 'classic', body: '.markdown' },
    {
      id: 'dil-bare',
      assistant: '[class*="DilResponseRoot"][data-dil-message-id]',
      user,
      exclude: thinking,
      codeBlock,
      messageId: { attribute: 'data-dil-message-id' },
    },
    {
      // Its id, once the class is gone.
      id: 'dil-whole',
      assistant:
        '[data-dil-message-id]:not([class*="DilResponseRoot"],[data-message-author-role] [data-dil-message-id])',
      user,
      exclude: thinking,
      codeBlock,
      messageId: { attribute: 'data-dil-message-id' },
      quietMs: 2000,
    },
    { ...keyed, id: 'keyed', body: '[data-markdown-text-style="assistant-message"],[class*="MarkdownRoot-"]' },
    {
      id: 'signed-out',
      assistant: '[data-conversation-transcript] [data-message-role="assistant"]',
      body: '[data-assistant-markdown]',
      user: '[data-conversation-transcript] [data-message-role="user"]',
      userBody: '[data-user-message-copy]',
      exclude: ['[data-message-content-controls]', '[data-message-attribution]'],
      messageId: { attribute: 'id' },
      quietMs: 2000,
    },
    // Whatever else is inside a message that says who wrote it, once the class above is gone.
    { ...byRole, id: 'whole', quietMs: 2000 },
    { ...keyed, id: 'keyed-whole', quietMs: 2000 },
  ],
  // Right after the first question the address reads `/c/WEB:…`, which is no conversation. `/uc/` when signed out.
  conversation: ['/u?c/([0-9a-f]{8}-[0-9a-f-]{27})(?![0-9a-z:-])', '/share/([0-9a-f-]{36})'],
  busy: '[data-testid="stop-button"],form[data-chatgpt-composer] button[type="button"][aria-label="Stop"]',
  composer: '#prompt-textarea,form[data-chatgpt-composer] [contenteditable="true"],[data-mobile-composer-prompt]',
  provenance: {
    source:
      'zhaoliangbin42/AI-MarkDone 8a2cc495; revivalstack/ai-chat-exporter 4ce218d; public fixtures of the newer renderers',
    date: '2026-10-05',
    confidence: 'high',
  },
};
