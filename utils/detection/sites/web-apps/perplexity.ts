import type { RuleVariant, SiteRule } from '../../types.ts';

const common: Omit<RuleVariant, 'id' | 'assistant'> = {
  user: '[class~="group/query"]',
  // Numbers and names of sources in the middle of a sentence.
  exclude: ['.citation', '[data-pplx-citation-url]'],
};

/**
 * Perplexity. Since August 2026 the old container can stay as an empty placeholder beside the answer. Its number is a position,
 * so identity is the print. Signs that an answer grows or is complete are not known: the quiet window decides.
 */
export const perplexity: SiteRule = {
  id: 'perplexity',
  name: 'Perplexity',
  version: '2026-11-21',
  matches: ['https://www.perplexity.ai/*'],
  variants: [
    { ...common, id: 'container', assistant: '[id^="markdown-content-"]', body: '.prose' },
    {
      ...common,
      id: 'inline',
      assistant:
        '.prose.inline[class~="dark:prose-invert"]:not([id^="markdown-content-"] .prose,[class~="group/query"] .prose)',
    },
    // The report of a deep research, in a card of its own.
    {
      ...common,
      id: 'research',
      assistant: '.bg-raised.rounded-lg:not([id^="markdown-content-"] .bg-raised):has(.prose.max-w-none)',
      body: '.prose.max-w-none',
    },
    // Beside the empty container, once the classes are gone.
    {
      ...common,
      id: 'beside',
      assistant: '[id^="markdown-content-"]:empty + :not(.prose,:has(.prose)):has(p)',
    },
    // The container with whatever is in it, once the class is gone.
    { ...common, id: 'whole', assistant: '[id^="markdown-content-"]' },
  ],
  conversation: ['/search/(?!new(?:[/?#]|$))([^/?#]{1,200})'],
  composer: '#ask-input',
  provenance: {
    source: 'pnd280/complexity 1f199da; the Vodou extension, verified live 2026-08-01; sho7650/obsidian-AI-exporter',
    date: '2026-08-01',
    confidence: 'medium',
  },
};
