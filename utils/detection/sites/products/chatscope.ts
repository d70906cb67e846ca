import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

/**
 * The sender that the page gives, which the kit puts into a label of the message or of its group, with the time after a colon.
 * A whole name, or the end of one: a sales assistant is a person.
 */
const sender = '.cs-message[aria-label],.cs-message-group[aria-label]';
const aiName =
  '^\\s*((?:[^:]{1,40}[ (])?(?:AI|[Bb]ot|[Cc]hat[Bb]ot)\\)?|(?:(?:AI|[Vv]irtual|[Dd]igital) )?[Aa]ssistant|AI [Aa]gent|ChatGPT)\\s*(?::.*)?$';

/**
 * The chatscope React kit. It shows any chat: who writes the incoming messages is the page's business, and they are offered. Those
 * of a sender whose name says AI are asserted.
 */
export const chatscope: SiteRule = {
  id: 'chatscope',
  name: 'chatscope chat UI kit',
  version: '2026-11-21',
  matches: [],
  signature: '.cs-message-list,[data-cs-message-list]',
  variants: [
    {
      id: 'default',
      assistant: 'section.cs-message.cs-message--incoming',
      body: '.cs-message__content',
      user: 'section.cs-message.cs-message--outgoing',
      userBody: '.cs-message__content',
      badge: { selector: sender, in: 'ancestor', attribute: 'aria-label', pattern: aiName },
      author: { selector: sender, in: 'ancestor', attribute: 'aria-label', pattern: '^([^:]{1,80})' },
    },
  ],
  conversation: conversationInAddress,
  busy: '.cs-typing-indicator',
  composer: '.cs-message-input__content-editor',
  caveat: 'it is an incoming message, which is AI only where this chat is with an AI',
  provenance: {
    source: 'npm @chatscope/chat-ui-kit-react 2.1.1, rendered in Chromium',
    date: '2026-11-21',
    confidence: 'high',
  },
};
