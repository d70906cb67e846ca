import type { SiteRule } from '../../types.ts';
import { conversationInAddress } from '../embedded.ts';

const message = ':is([data-testid="stChatMessage"],.stChatMessage)';
const content = '[data-testid="stChatMessageContent"],[aria-label^="Chat message from "]';
/** The label is in English in every interface. */
const from = (...names: string[]) => names.map((name) => `[aria-label="Chat message from ${name}"]`).join(',');
const byAi = `:has([data-testid="stChatMessageAvatarAssistant"],${from('assistant', 'ai')})`;
const byUser = `:has([data-testid="stChatMessageAvatarUser"],${from('user', 'human')})`;

/** Chats made with Streamlit. An app may give a message any name and picture; then who wrote it is unknown. */
export const streamlit: SiteRule = {
  id: 'streamlit',
  name: 'Streamlit chat',
  version: '2026-11-21',
  matches: [],
  signature: message,
  variants: [
    {
      id: 'default',
      assistant: `${message}${byAi}`,
      body: content,
      user: `${message}${byUser}`,
      userBody: content,
    },
    {
      id: 'named',
      row: `${message}:has(${content}):not(${byAi},${byUser})`,
      author: {
        selector: content,
        attribute: 'aria-label',
        pattern: '^Chat message from (.+)$',
      },
      body: content,
    },
    {
      // Where the label is in another language, and the id of the text is gone.
      id: 'translated',
      row: `${message}:not(:has(${content}))`,
      author: { selector: '[aria-label]', attribute: 'aria-label' },
      badge: {
        selector: '[aria-label]',
        attribute: 'aria-label',
        pattern:
          '(?:^|\\s)((?:[Aa]s+ist[ae]n(?:t|te)|AI|IA|KI|[Аа]ссистент|助手|アシスタント|(?:ال)?مساعد|सहायक|সহকারী))$',
      },
      body: '[aria-label]',
    },
  ],
  conversation: conversationInAddress,
  busy: '[data-test-script-state="running"]',
  composer: '[data-testid="stChatInput"] textarea',
  provenance: {
    source: 'streamlit/streamlit 2db81f7f, frontend ChatMessage; style sheets of many apps of 2026',
    date: '2026-11-21',
    confidence: 'high',
  },
};
