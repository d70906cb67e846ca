import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

/** Tidio's chat on a customer's site. "Operator" is a person, a flow or Lyro, its AI, and no element with a name is known. */
export const tidio: SiteRule = {
  id: 'tidio',
  name: 'Tidio',
  version: '2026-11-21',
  matches: [],
  frame: '#tidio-chat-iframe',
  mixed: true,
  variants: [
    {
      id: 'default',
      row: '.message-operator:not(.bots-quick-replies)',
      user: '.message-visitor',
      body: '.message-content',
    },
    { id: 'bare', row: '.message-operator:not(.bots-quick-replies)', user: '.message-visitor' },
  ],
  conversation: conversationInAddress,
  provenance: { source: 'test drivers and scripts of several sites, undated', date: '2026-11-21', confidence: 'low' },
};
