import type { RuleVariant, SiteRule } from '../../types.ts';

const byCategory: Omit<RuleVariant, 'id'> = {
  assistant: '[data-part-group-category="5"]',
  user: '[data-part-group-category="1"]',
  agent: '[data-part-group-category="3"]',
  note: '[data-part-group-category="4"]',
  exclude: ['time'],
  messageId: { attribute: 'data-part-group-id' },
};

/**
 * Intercom's inbox for agents; parts are in open shadow roots. Each part has the category of its author: 1 customer, 3 agent,
 * 4 note, 5 bot, 20 system. Since 2026-04-27 parts may come without it, and then a bot's part looks like an agent's: unknown.
 */
export const intercomInbox: SiteRule = {
  id: 'intercom-inbox',
  name: 'Intercom inbox',
  version: '2026-11-21',
  matches: ['https://app.intercom.com/*', 'https://app.eu.intercom.com/*', 'https://app.au.intercom.com/*'],
  mixed: true,
  variants: [
    { ...byCategory, id: 'categories', body: '.interblocks-html', userBody: '.interblocks-html' },
    // Class names were renamed as a whole before: then the text may come with the name.
    { ...byCategory, id: 'renamed' },
    {
      id: 'bare',
      // A part in a group with a category belongs to that group, of whatever kind it is.
      row: '[class*="group/content-part"]:not([data-part-group-category],[data-part-group-category] [class*="content-part"])',
      body: '.interblocks-html',
      messageId: { selector: '[data-part-entity-id]', in: 'ancestor', attribute: 'data-part-entity-id' },
    },
  ],
  conversation: ['/conversations?/(\\d+)'],
  composer: '[data-conversation-reply-composer] .ProseMirror[contenteditable="true"]',
  provenance: {
    source:
      'the content script and change log of a public extension for this inbox, v4.0.0; the note from another script',
    date: '2026-10-01',
    confidence: 'medium',
  },
};
