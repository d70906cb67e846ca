import type { RuleVariant, SiteRule } from '../../types.ts';

/** By its own id, or by its sender's where that is gone. */
const item =
  ':is([data-test-id="omni-log-comment-item"],:is(article,section,div,li):has(> [data-test-id="omni-log-item-sender"]))';
const content = '[data-test-id="omni-log-message-content"]';
/** The kind of author is an attribute of the bubble, and stays where its id goes. */
const message =
  ':is([data-test-id="omni-log-item-message"],[data-test-id] ~ [type="end-user"],[data-test-id] ~ [type="agent"],[data-test-id] ~ [type="internal"])';
const bubble = `${message}:not([aria-hidden="true"])`;

const byItem: Omit<RuleVariant, 'id'> = {
  row: item,
  user: `${item}:has([type="end-user"])`,
  note: `${item}:has([data-test-id="omni-log-internal-note-tag"],[type="internal"])`,
  author: { selector: '[data-test-id="omni-log-item-sender"],[data-test-id="omni-log-comment-user-link"]' },
  userBody: bubble,
  exclude: [
    '.signature',
    '[data-zes-id]',
    '[data-test-id="omni-log-item-sender"]',
    '[data-test-id="omni-log-internal-note-tag"]',
    'time',
  ],
};

/**
 * Zendesk's workspace for agents. A bot posts as an agent does, so a message by the company is of unknown author until a
 * reviewer says whose name is an AI's.
 */
export const zendeskWorkspace: SiteRule = {
  id: 'zendesk-workspace',
  name: 'Zendesk Agent Workspace',
  version: '2026-11-21',
  matches: ['https://*.zendesk.com/agent/*'],
  mixed: true,
  variants: [
    { ...byItem, id: 'omni-log', body: content },
    { ...byItem, id: 'omni-log-whole', body: bubble },
  ],
  conversation: ['/agent/tickets/(\\d+)'],
  composer:
    '[data-test-id="omnicomposer-plain-text-ckeditor"],[data-test-id="omnicomposer-rich-text-ckeditor"],[data-test-id="ticket-rich-text-editor"] [contenteditable="true"]',
  provenance: {
    source: 'six public extensions and user scripts for this workspace',
    date: '2026-11-21',
    confidence: 'medium',
  },
};
