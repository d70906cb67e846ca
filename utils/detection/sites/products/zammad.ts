import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

const item = '.ticket-article-item[data-id]';

/**
 * Zammad's tickets, on any host. An AI that answers does so as an agent or as the system, so both are of unknown author until a
 * reviewer says whose name is an AI's. Internal articles are notes.
 */
export const zammad: SiteRule = {
  id: 'zammad',
  name: 'Zammad',
  version: '2026-11-21',
  matches: [],
  signature: item,
  mixed: true,
  variants: [
    {
      id: 'ticket',
      // A line of the system about the ticket is an article as well, without a bubble.
      row: `${item}:has(.textBubble-content)`,
      user: `${item}.customer`,
      note: `${item}.is-internal,${item}:has(.text-bubble.internal)`,
      // The first line of what is folded in above an article is its sender: `Name <address>`.
      author: {
        selector: '.article-meta.top .article-meta-value',
        pattern: '^\\s*"?([^"<]{1,120}?)"?\\s*(?:<|$)',
      },
      body: '.textBubble-content .richtext-content',
      userBody: '.textBubble-content .richtext-content',
      exclude: ['blockquote[type="cite"]'],
      messageId: { attribute: 'data-id' },
    },
  ],
  conversation: ['#ticket/zoom/(\\d+)', ...conversationInAddress],
  composer: '.articleNewEdit-body[contenteditable="true"]',
  provenance: {
    source: 'zammad/zammad app/assets ticket_zoom and its own tests; a public extension and scripts that read articles',
    date: '2026-11-21',
    confidence: 'medium',
  },
};
