/** Surveys of a page, for tests of what is said about them. */
import type { Health, Survey, SurveyedMessage } from '../../utils/detection/types.ts';
import type { FrameSurvey } from '../../utils/health/frames.ts';

export function aMessage(part: Partial<SurveyedMessage> = {}): SurveyedMessage {
  return {
    role: 'assistant',
    author: null,
    text: 'The battery lasts for 12 hours.',
    markdown: 'The battery lasts for **12 hours**.',
    confidence: 0.95,
    asserted: true,
    evidence: [{ kind: 'rule', detail: 'The ChatGPT rule', weight: 0.95 }],
    settled: true,
    truncated: false,
    messageId: null,
    model: null,
    variantOf: null,
    ...part,
  };
}

type Part = Partial<Omit<Survey, 'health'>> & {
  readonly health?: Partial<Omit<Health, 'found'>> & { readonly found?: Partial<Health['found']> };
};

/** A frame whose rule is at work and has found one answer, unless said otherwise. */
export function aFrame({ health = {}, ...part }: Part = {}, frameId = 0): FrameSurvey {
  const { found = { rule: 1 }, ...state } = health;
  const survey: Survey = {
    url: 'https://chatgpt.com/c/secret-4711?q=order',
    rule: { site: 'chatgpt', name: 'ChatGPT', version: '2026-10-05', origin: 'bundled' },
    messages: [aMessage({ role: 'user', text: 'How long?', evidence: [], confidence: 0 }), aMessage()],
    conversationKey: 'secret-4711',
    composer: '#prompt',
    ms: 12.4,
    health: {
      state: 'working',
      message: null,
      selectors: [{ variant: 'classic', field: 'assistant', selector: '[data-role="assistant"]', matched: 1 }],
      ...state,
      found: { rule: 0, generic: 0, manual: 0, growing: 0, ...found },
    },
    ...part,
  };
  return { frameId, survey };
}
