/** Products that run on any host, embedded in a site or as one of their own, in the order in which they are tried; one file each. */
import type { SiteRule } from '../../types.ts';
import { botpress } from './botpress.ts';
import { chainlit } from './chainlit.ts';
import { chatUi } from './chat-ui.ts';
import { chatscope } from './chatscope.ts';
import { chatwootDashboard } from './chatwoot-dashboard.ts';
import { chatwootWidget } from './chatwoot-widget.ts';
import { copilotKit } from './copilotkit.ts';
import { deepChat } from './deep-chat.ts';
import { dfMessenger } from './df-messenger.ts';
import { libreChat } from './libre-chat.ts';
import { lobeChat } from './lobe-chat.ts';
import { nextChat } from './next-chat.ts';
import { openWebUi } from './open-webui.ts';
import { rocketChat } from './rocket-chat.ts';
import { streamlit } from './streamlit.ts';
import { webChat } from './web-chat.ts';
import { zammad } from './zammad.ts';

export const products: readonly SiteRule[] = [
  // On a host of their own.
  openWebUi,
  libreChat,
  chatUi,
  lobeChat,
  nextChat,
  // Part of another page.
  deepChat,
  webChat,
  chatscope,
  copilotKit,
  botpress,
  dfMessenger,
  chainlit,
  streamlit,
  chatwootDashboard,
  chatwootWidget,
  rocketChat,
  zammad,
];
