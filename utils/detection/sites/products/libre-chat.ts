import type { RuleVariant, SiteRule } from '../../types.ts';
import { disclosure } from '../disclosure.ts';
import { conversationInAddress } from '../embedded.ts';

const group = '[role="group"][id]:has([data-testid="message-body"])';
const codeBlock = ':has(> :not(pre) > code.hljs)';
const columns = '.sibling-content-group';
const common: Omit<RuleVariant, 'id' | 'assistant'> = {
  user: '.message-render:has(> .user-turn)',
  userBody: '[data-testid="message-body"]',
  exclude: ['[class~="group/reasoning"]', '[class~="group/thinking-container"]'],
  codeBlock,
  // The cursor at the end of the text that grows.
  streaming: '.result-streaming',
};

/**
 * LibreChat on any host. Several agents answer in columns of one message; the columns share its id, so each is known by its
 * text. Of regenerated answers one is on the page. The stop button is localized and not used.
 */
export const libreChat: SiteRule = {
  id: 'libre-chat',
  name: 'LibreChat',
  version: '2026-11-21',
  matches: [],
  signature: '[role="group"][id] [data-testid="message-body"]',
  variants: [
    {
      ...common,
      id: 'default',
      assistant: `.message-render:has(> .agent-turn):not(:has(${columns}))`,
      body: '[data-testid="message-body"]',
      messageId: { attribute: 'id' },
    },
    {
      ...common,
      id: 'columns',
      assistant: `.message-render:has(> .agent-turn) ${columns} > :has(.message-content)`,
      // Above it is the name of the agent.
      body: '.message-content',
      group: columns,
    },
    {
      // An answer has a picture beside it, a question has not. Reasoning folds by an inline style.
      id: 'rows',
      assistant: `${group}:has(> [aria-hidden="true"]:first-child):not(.message-render)`,
      body: '[data-testid="message-body"]',
      user: `${group}:not(:has(> [aria-hidden="true"]),.message-render)`,
      userBody: '[data-testid="message-body"]',
      exclude: ['[style*="grid-template-rows"]', disclosure],
      codeBlock,
      messageId: { attribute: 'id' },
    },
  ],
  conversation: conversationInAddress,
  composer: '#prompt-textarea,[data-testid="text-input"]',
  provenance: {
    source: 'danny-avila/LibreChat 00ad58d MessageRow.tsx and MessageRender.tsx, 0012cbf ParallelContent.tsx',
    date: '2026-11-21',
    confidence: 'high',
  },
};
