import type { SiteRule } from '../../types.ts';

/**
 * ChatGPT shows the report of a deep research in a frame of another host, and the report itself in a frame of the same origin
 * without an address inside that. Neither the conversation nor the question is known there.
 */
export const chatGptResearch: SiteRule = {
  id: 'chatgpt-research',
  name: 'ChatGPT deep research',
  version: '2026-11-21',
  matches: ['https://connector_openai_deep_research.web-sandbox.oaiusercontent.com/*'],
  variants: [{ id: 'default', assistant: 'main', quietMs: 3000 }],
  provenance: {
    source: 'a public harvester of these reports, probed live 2026-07-05; zhaoliangbin42/AI-MarkDone 8a2cc495',
    date: '2026-08-22',
    confidence: 'medium',
  },
};
