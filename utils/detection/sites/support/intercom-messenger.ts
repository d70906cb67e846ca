import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

/**
 * Intercom's messenger on a customer's site, in a frame of its own. Fin and a person stand on the same side, and Fin may have
 * any name. The class names are old; where they are gone, the finder looks.
 */
export const intercomMessenger: SiteRule = {
  id: 'intercom-messenger',
  name: 'Intercom Messenger',
  version: '2026-11-21',
  matches: [],
  frame: 'iframe[name="intercom-messenger-frame"]',
  mixed: true,
  variants: [
    {
      id: 'parts',
      row: '.intercom-conversation-part',
      user: '.intercom-conversation-part:has(.intercom-comment-by-user)',
      body: '.intercom-block-paragraph',
      userBody: '.intercom-block-paragraph',
    },
  ],
  conversation: conversationInAddress,
  provenance: { source: 'several public scripts and style sheets, undated', date: '2025-01-01', confidence: 'low' },
};
