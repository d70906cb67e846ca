import type { RuleVariant, SiteRule } from '../../types.ts';

const turn = 'ol.flex-col-reverse > .mx-auto';
const question = `${turn}.justify-end`;
const carousel = '[role="region"][aria-roledescription="carousel"]';
const common: Omit<RuleVariant, 'id' | 'assistant'> = {
  // The name of the model stands above it.
  body: '.prose',
  user: question,
  userBody: '.prose',
};

/**
 * LMArena lists the newest turn first, so whose prompt is whose is not read. Battles show two answers side by side.
 */
export const lmArena: SiteRule = {
  id: 'lm-arena',
  name: 'LMArena',
  version: '2026-11-21',
  matches: ['https://lmarena.ai/*', 'https://arena.ai/*'],
  newestFirst: true,
  // Answers are told by not being on the right.
  signature: question,
  variants: [
    { ...common, id: 'default', assistant: `${turn}:not(.justify-end,:has(${carousel}))` },
    { ...common, id: 'battle', assistant: `${carousel} [aria-roledescription="slide"]`, group: carousel },
  ],
  conversation: ['/c/([0-9a-f-]{36})'],
  composer: 'form textarea',
  provenance: {
    source: 'UnLuckKing/ZeroScript-Free 11752a2, validated live 2026-06',
    date: '2026-07-16',
    confidence: 'low',
  },
};
