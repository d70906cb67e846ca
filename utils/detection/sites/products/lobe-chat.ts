import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

const row = '.message-wrapper:has(> .message-header):has(> .message-body)';

/**
 * LobeChat on any host. It has no attribute for the author: a question is set off by an inline style, everybody else is named in
 * the header. So "messages by NAME are AI" is asked once for each assistant.
 */
export const lobeChat: SiteRule = {
  id: 'lobe-chat',
  name: 'LobeChat',
  version: '2026-11-21',
  matches: [],
  signature: row,
  variants: [
    {
      id: 'default',
      row,
      // The time stands in the header too, in an element of its own.
      author: { selector: '.message-header > :not(time):not(:has(img,svg)):not(:empty)' },
      body: '.message-body',
      user: `${row}[style*="padding-inline-start: 36px"]`,
      userBody: '.message-body',
    },
  ],
  conversation: ['[?&](?:topic|session)=([\\w-]{1,128})', ...conversationInAddress],
  provenance: {
    source: 'lobehub/lobe-chat 024f65a ChatItem.tsx, 71649c2 Title.tsx',
    date: '2026-11-21',
    confidence: 'low',
  },
};
