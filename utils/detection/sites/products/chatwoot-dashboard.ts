import type { RuleVariant, SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

/** An activity ("X was assigned") is a message element as well, without a bubble of prose. */
const item = '[id^="message"][data-message-id]';

const common: Omit<RuleVariant, 'id'> = {
  user: `${item}:has(.left-bubble)`,
  // Private notes, whoever wrote them: an amber bubble, and a lock beside the time of the last of a group.
  note: `${item}:has(.bg-n-solid-amber,.i-lucide-lock-keyhole)`,
  body: '.prose-bubble:not(.line-clamp-2)',
  userBody: '.prose-bubble:not(.line-clamp-2)',
  messageId: { attribute: 'data-message-id' },
};

/**
 * Chatwoot's dashboard for agents, on any host. Bots, colleagues and automations are all on the right and told apart by colour
 * at most; an answer by Captain, Chatwoot's AI, has a sparkle beside its time, and what it
 * proposes stands beside the editor. The name is the picture's, where there is one.
 */
export const chatwootDashboard: SiteRule = {
  id: 'chatwoot-dashboard',
  name: 'Chatwoot dashboard',
  version: '2026-11-21',
  matches: [],
  signature: `${item} [data-bubble-name]`,
  mixed: true,
  variants: [
    { ...common, id: 'captain', assistant: `${item}:has(.i-ph-sparkle-fill)` },
    {
      // What Captain proposes stands beside an editor for further wishes, after it or, in newer versions, before it.
      id: 'proposal',
      draft: '.editor--copilot + div p.prose-sm,div:has(+ .editor--copilot) p.prose-sm',
    },
    {
      ...common,
      id: 'message',
      row: `${item}:has(.prose-bubble):not(:has(.i-ph-sparkle-fill))`,
      author: { selector: '[role="img"] img[alt]', attribute: 'alt' },
    },
    {
      // By what it says beside its time, once the classes are gone.
      id: 'labelled',
      row: `${item}:not(:has(.prose-bubble)):has([data-bubble-name="text"])`,
      author: { selector: '[role="img"] img[alt]', attribute: 'alt' },
      badge: { selector: '[data-bubble-name] button', pattern: '(?:^|\\s)(AI|IA|KI|ИИ)$|人工智能' },
      body: '[data-bubble-name]',
      exclude: ['button', 'time'],
      messageId: { attribute: 'data-message-id' },
    },
  ],
  conversation: conversationInAddress,
  composer: '.reply-box .ProseMirror[contenteditable="true"]',
  provenance: {
    source:
      'chatwoot/chatwoot app/javascript/dashboard: components-next/message, WootWriter/CopilotEditor; stored copies of 2025 and 2026',
    date: '2026-11-21',
    confidence: 'medium',
  },
};
