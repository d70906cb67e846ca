/**
 * Assistants on sites of their own, one file each: the most used first, as lists show them in this order. Of two that name the
 * same address the narrower stands first.
 */
import type { SiteRule } from '../../types.ts';
import { aiStudio } from './ai-studio.ts';
import { characterAi } from './character-ai.ts';
import { chatGpt } from './chatgpt.ts';
import { chatGptResearch } from './chatgpt-research.ts';
import { claude } from './claude.ts';
import { copilot } from './copilot.ts';
import { deepSeek } from './deepseek.ts';
import { duckAi } from './duck-ai.ts';
import { gemini } from './gemini.ts';
import { geminiEnterprise } from './gemini-enterprise.ts';
import { googleAiMode } from './google-ai-mode.ts';
import { googleAiOverview } from './google-ai-overview.ts';
import { grok } from './grok.ts';
import { grokX } from './grok-x.ts';
import { huggingChat } from './hugging-chat.ts';
import { kimi } from './kimi.ts';
import { lmArena } from './lm-arena.ts';
import { m365Copilot } from './m365-copilot.ts';
import { manus } from './manus.ts';
import { metaAi } from './meta-ai.ts';
import { mistral } from './mistral.ts';
import { notebookLm } from './notebook-lm.ts';
import { openRouter } from './open-router.ts';
import { perplexity } from './perplexity.ts';
import { poe } from './poe.ts';
import { qwen } from './qwen.ts';
import { t3Chat } from './t3-chat.ts';
import { you } from './you.ts';
import { zAi } from './z-ai.ts';

export const webApps: readonly SiteRule[] = [
  chatGpt,
  claude,
  gemini,
  copilot,
  perplexity,
  grok,
  deepSeek,
  metaAi,
  m365Copilot,
  mistral,
  poe,
  qwen,
  kimi,
  notebookLm,
  aiStudio,
  huggingChat,
  characterAi,
  zAi,
  t3Chat,
  you,
  duckAi,
  openRouter,
  manus,
  lmArena,
  // Parts of other products, and search pages.
  chatGptResearch,
  geminiEnterprise,
  googleAiMode,
  googleAiOverview,
  grokX,
];
