import type { SiteRule } from '../../types.ts';

const item = '[data-qa-type="message"][data-mid]';

/**
 * Rocket.Chat, on any host. What the reviewer wrote is marked as own, and so a person's. A bot, a webhook or an app has a tag
 * beside its name where roles are shown. Only the first of several messages in a row shows who wrote them.
 */
export const rocketChat: SiteRule = {
  id: 'rocket-chat',
  name: 'Rocket.Chat',
  version: '2026-11-21',
  matches: [],
  signature: item,
  mixed: true,
  variants: [
    {
      id: 'default',
      row: `${item}:not([data-system-message="true"],[data-system-message-type])`,
      agent: `${item}[data-own="true"]`,
      author: { selector: '.rcx-message-header__name,[data-username]' },
      badge: { selector: '.rcx-message-header__role:last-child', pattern: '^\\s*([Bb]ot)\\s*$' },
      body: '[data-qa-type="message-body"],.rcx-message-body',
      messageId: { attribute: 'data-mid' },
      // Not sent yet.
      streaming: '[aria-busy="true"]',
    },
  ],
  conversation: ['^/(?:channel|group|direct|live)/([^/?#]{1,128})'],
  composer: '.rc-message-box__textarea',
  caveat: 'Rocket.Chat labels webhooks and scripts so as well',
  provenance: {
    source: 'RocketChat/Rocket.Chat apps/meteor/client/components/message and its own tests, stored copies up to 2026',
    date: '2026-11-21',
    confidence: 'medium',
  },
};
