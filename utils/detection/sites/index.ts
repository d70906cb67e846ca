/** The rules that come with the program; one file each. docs/site-rules.md says where their facts come from. */
import type { SiteRule } from '../types.ts';
import { chatGpt } from './chatgpt.ts';
import { chatscope } from './chatscope.ts';
import { claude } from './claude.ts';
import { copilot } from './copilot.ts';
import { deepChat } from './deep-chat.ts';
import { gemini } from './gemini.ts';
import { grok } from './grok.ts';
import { webChat } from './web-chat.ts';

export const siteRules: readonly SiteRule[] = [
  chatGpt,
  claude,
  gemini,
  copilot,
  grok,
  // Products that any site may embed.
  deepChat,
  webChat,
  chatscope,
];
