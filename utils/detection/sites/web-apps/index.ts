/** Assistants on sites of their own; one file each. */
import type { SiteRule } from '../../types.ts';
import { chatGpt } from './chatgpt.ts';
import { claude } from './claude.ts';
import { copilot } from './copilot.ts';
import { gemini } from './gemini.ts';
import { grok } from './grok.ts';

export const webApps: readonly SiteRule[] = [chatGpt, claude, gemini, copilot, grok];
