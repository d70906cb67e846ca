import type { SiteRule } from '../../types.ts';
import { disclosure } from '../disclosure.ts';

const done = '[data-testid="action-bar-copy"],[data-testid="action-bar-retry"]';

/**
 * Claude marks its answers by a font class only and gives them no id; the row's `data-index` is a position and not used.
 * The model picker shows the current choice, not what answered, so no model is read.
 */
export const claude: SiteRule = {
  id: 'claude',
  name: 'Claude',
  version: '2026-11-21',
  matches: ['https://claude.ai/*'],
  variants: [
    {
      id: 'default',
      assistant: '.font-claude-response:not(#markdown-artifact)',
      body: '.standard-markdown,.progressive-markdown',
      user: '[data-testid="user-message"]',
      exclude: ['.row-start-1', 'button[class*="group/status"]', '.artifact-block-cell', '#markdown-artifact'],
      codeBlock: '[class~="group/copy"]',
      // On a wrapper; by one report only around the newest answer.
      streaming: '[data-is-streaming="true"]',
      done,
    },
    {
      // The wrapper that says whether it grows, once the font class is gone.
      id: 'wrapper',
      assistant: '[data-is-streaming]:not(:has(.font-claude-response))',
      user: '[data-testid="user-message"]',
      exclude: [disclosure],
      streaming: '[data-is-streaming="true"]',
      done,
    },
  ],
  conversation: ['/chat/([0-9a-f-]{36})', '/share/([0-9a-f-]{36})'],
  // Only in the English interface; elsewhere the mark on the message has to do.
  busy: 'button[aria-label="Stop response"]',
  composer: '[data-testid="chat-input"]',
  provenance: {
    source: 'sho7650/obsidian-AI-exporter; urzeye/ophel db0fb83; a research note of 2026-09-24',
    date: '2026-09-24',
    confidence: 'high',
  },
};
