/** Products that run on any host, embedded in a site or as one of their own, in the order in which they are tried; one file each. */
import type { SiteRule } from '../../types.ts';
import { chatscope } from './chatscope.ts';
import { deepChat } from './deep-chat.ts';
import { webChat } from './web-chat.ts';

export const products: readonly SiteRule[] = [deepChat, webChat, chatscope];
