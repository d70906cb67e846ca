/** Responses, marks and what the background says, for tests of the drawing script. */
import type { DetectionChange, Detector, Response } from '../../../utils/detection/types.ts';
import type { PageState } from '../../../utils/messaging/contract.ts';
import type { Mark } from '../../../utils/review/mark.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import { defaultSettings } from '../../../utils/storage/settings-shape.ts';

export function aResponse(key: string, change: Partial<Response> = {}): Response {
  const element = {} as Element;
  return {
    key,
    element,
    body: [element],
    settled: true,
    role: 'assistant',
    confidence: 1,
    asserted: true,
    author: null,
    variantOf: null,
    evidence: [{ kind: 'rule', detail: 'example', weight: 1 }],
    foundBy: { site: 'example', version: '1', variant: null },
    messageId: null,
    conversationKey: null,
    ...change,
  };
}

export function aChange(change: Partial<DetectionChange> = {}): DetectionChange {
  return { rekeyed: [], added: [], changed: [], removed: [], conversationKey: null, ...change };
}

export function aMark(responseKey: string, change: Partial<Mark> = {}): Mark {
  return {
    responseKey,
    reviewId: `review of ${responseKey}`,
    revision: 1,
    verdict: 'approve',
    labels: [],
    findings: 0,
    ...change,
  };
}

export function aPage(change: Partial<PageState> = {}): PageState {
  const { keys, singleKeys, chord, theme } = defaultSettings;
  return {
    on: true,
    ...{ keys, singleKeys, chord, theme },
    labels: defaultRubric.labels,
    promptLimit: 0,
    contextTurns: 0,
    marks: [],
    ...change,
  };
}

/** A detector over a list that the test changes; `tell` reports a change as detection would. */
export function aDetector(responses: Response[] = []) {
  let listener: (change: DetectionChange) => void = () => {};
  const detector: Detector = {
    start: (_signal, onChange) => {
      listener = onChange;
      if (responses.length > 0) onChange(aChange({ added: [...responses] }));
    },
    responses: () => responses,
    responseAt: (node) => responses.find(({ element }) => element.contains(node)) ?? null,
    include: () => null,
    propose: () => null,
    preview: () => [],
    authors: () => [],
    use: () => {},
    prompt: () => null,
    rule: () => null,
    survey: () => {
      throw new Error('No test asks for it');
    },
    source: ({ body }) => ({ bodies: body, without: 'button', codeBlock: undefined, range: null }),
    capture: ({ body }) => {
      const text = body.map((part) => part.textContent).join('\n');
      return { text, markdown: text, truncated: false, length: text.length, prompt: null, model: null };
    },
  };
  const tell = (change: Partial<DetectionChange>) => {
    responses.push(...(change.added ?? []));
    listener(aChange(change));
  };
  return { detector, tell };
}
