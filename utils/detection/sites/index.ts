/** The rules that come with the program; one file each. docs/site-rules.md says where their facts come from. */
import type { SiteRule } from '../types.ts';
import { chatscope } from './chatscope.ts';
import { deepChat } from './deep-chat.ts';
import { webChat } from './web-chat.ts';

export const siteRules: readonly SiteRule[] = [deepChat, webChat, chatscope];
