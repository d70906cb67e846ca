/** Tools in which people answer customers, with bots among them, and their chats on customers' sites; one file each. */
import type { SiteRule } from '../../types.ts';
import { crisp } from './crisp.ts';
import { freshchat } from './freshchat.ts';
import { freshdesk } from './freshdesk.ts';
import { front } from './front.ts';
import { gorgiasChat } from './gorgias-chat.ts';
import { helpScout } from './help-scout.ts';
import { helpScoutBeacon } from './help-scout-beacon.ts';
import { hubspotChat } from './hubspot-chat.ts';
import { intercomInbox } from './intercom-inbox.ts';
import { intercomMessenger } from './intercom-messenger.ts';
import { salesforceAgentforce } from './salesforce-agentforce.ts';
import { salesforceEmbeddedService } from './salesforce-embedded-service.ts';
import { tidio } from './tidio.ts';
import { zendeskMessaging } from './zendesk-messaging.ts';
import { zendeskWorkspace } from './zendesk-workspace.ts';

export const supportTools: readonly SiteRule[] = [
  intercomInbox,
  intercomMessenger,
  zendeskWorkspace,
  zendeskMessaging,
  freshdesk,
  freshchat,
  hubspotChat,
  salesforceAgentforce,
  salesforceEmbeddedService,
  crisp,
  tidio,
  helpScout,
  helpScoutBeacon,
  gorgiasChat,
  front,
];
