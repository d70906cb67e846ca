import type { SiteRule } from '../../types.ts';

/**
 * A ticket in Freshdesk. No list of selectors for its messages was found that anybody had checked, nor a mark of its AI.
 */
export const freshdesk: SiteRule = {
  id: 'freshdesk',
  name: 'Freshdesk',
  version: '2026-11-21',
  matches: ['https://*.freshdesk.com/a/tickets/*'],
  mixed: true,
  variants: [],
  conversation: ['/a/tickets/(\\d+)'],
  composer: '.fr-element.fr-view[contenteditable="true"]',
  provenance: {
    source: 'sru4ka/AI-ChatBot-Assisstant 35714f6; LauraSWP/scripts 00fc041',
    date: '2026-11-21',
    confidence: 'low',
  },
};
