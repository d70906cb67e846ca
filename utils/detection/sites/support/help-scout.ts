import type { RuleVariant, SiteRule } from '../../types.ts';

const thread: Omit<RuleVariant, 'id'> = {
  row: '[data-testid="ThreadContainer"] [id^="thread-"],ol[aria-label="Thread Items"] [id^="thread-"]',
  author: { selector: 'span[data-nocollapse="true"]' },
  exclude: ['span[data-nocollapse="true"]', 'time'],
  messageId: { attribute: 'id', pattern: '^thread-(\\d+)$' },
};

/** Help Scout's inbox. Customers, colleagues and AI cannot be told apart by what is known, only by name. */
export const helpScout: SiteRule = {
  id: 'help-scout',
  name: 'Help Scout inbox',
  version: '2026-11-21',
  matches: ['https://secure.helpscout.net/*'],
  mixed: true,
  variants: [
    { ...thread, id: 'threads', body: '[class*="is-wide-layout"]:not([data-testid])' },
    { ...thread, id: 'whole' },
  ],
  conversation: ['/conversation/(\\d+)'],
  composer: '[data-cy="ConvoEditor"]',
  provenance: {
    source: 'the adapter of a public extension, undated, which says that it was made from the actual page',
    date: '2026-11-21',
    confidence: 'low',
  },
};
