/** What `npm run inspect` prints: for programs and for people. */
import type { Health, SurveyedMessage } from '../../../utils/detection/types.ts';
import type { FrameSurvey } from '../../../utils/health/frames.ts';
import { leading, summarize } from '../../../utils/health/summary.ts';
import type { Sight } from './rest.ts';

const idle: Health = {
  state: 'idle',
  message: null,
  selectors: [],
  found: { rule: 0, generic: 0, manual: 0, growing: 0 },
};

function messageOf(message: SurveyedMessage) {
  const { role, text, markdown, confidence, settled, truncated, messageId, model, variantOf } = message;
  const evidence = message.evidence.map(({ kind, detail, weight }) => ({ kind, detail, weight }));
  return { role, text, markdown, confidence, evidence, settled, truncated, messageId, model, variantOf };
}

/**
 * The JSON: what the leading frame says of rule, conversation, composer and health, and the messages of all frames. Where
 * more than one frame has messages, each message names its frame's address as `frame`.
 */
export function asJson(url: string, { frames }: Sight): object {
  const lead = leading(frames)?.survey;
  const talking = frames.filter(({ survey }) => survey.messages.length > 0);
  const messages = talking.flatMap(({ survey }) =>
    survey.messages.map((one) => (talking.length > 1 ? { ...messageOf(one), frame: survey.url } : messageOf(one))),
  );
  const rule = lead?.rule ?? null;
  return {
    url,
    rule: rule && { site: rule.site, version: rule.version, origin: rule.origin },
    messages,
    conversationKey: lead?.conversationKey ?? null,
    composer: lead?.composer ?? null,
    health: lead?.health ?? idle,
    ms: frames.reduce((sum, { survey }) => sum + survey.ms, 0),
  };
}

/** Characters of a message that one line shows. */
const SHOWN = 88;

function firstWords(text: string): string {
  // What could steer a terminal, or turn its direction, is no part of the words.
  const line = text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN - 1).trimEnd()}…` : line;
}

const isResponse = ({ role }: SurveyedMessage) => role === 'assistant' || role === 'draft';

function messageLines(message: SurveyedMessage, index: number): string[] {
  const { role, author, text, confidence, asserted, evidence, settled, truncated, model, messageId, variantOf } =
    message;
  const facts = [
    author && `by ${firstWords(author)}`,
    isResponse(message) && `confidence ${confidence.toFixed(2)}${asserted ? '' : ', so the reviewer is asked'}`,
    !settled && 'still growing',
    truncated && 'cut off',
    model && `model ${model}`,
    messageId && `id ${messageId}`,
    variantOf && `variant of ${variantOf}`,
  ].filter(Boolean);
  return [
    `${String(index + 1).padStart(3)}. ${role.padEnd(9)} ${firstWords(text)}`,
    ...(facts.length > 0 ? [`               ${facts.join(' · ')}`] : []),
    ...(isResponse(message)
      ? evidence.map(
          ({ kind, detail, weight }) =>
            `               ${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(2)} ${kind}: ${firstWords(detail)}`,
        )
      : []),
  ];
}

function frameLines({ survey }: FrameSurvey): string[] {
  const { rule, messages, conversationKey, composer, health, ms } = survey;
  const width = Math.max(0, ...health.selectors.map(({ variant, field }) => `${variant ?? ''} ${field}`.length));
  return [
    `Rule          ${rule ? `${rule.name} (${rule.site}, version ${rule.version}, ${rule.origin})` : 'none'}`,
    `Conversation  ${conversationKey ?? 'not named by the page'}`,
    `Composer      ${composer ?? 'not found'}`,
    '',
    ...(messages.length > 0 ? messages.flatMap(messageLines) : ['No messages.']),
    '',
    ...(health.selectors.length > 0 ? ['Selectors and what they match now (-1: refused by the browser)'] : []),
    ...health.selectors.map(
      ({ variant, field, selector, matched }) =>
        `  ${`${variant ?? ''} ${field}`.trim().padEnd(width)} ${String(matched).padStart(5)}  ${selector}`,
    ),
    `Health        ${health.state}${health.message ? `: ${health.message}` : ''}`,
    `Time          ${Math.round(ms)} ms`,
  ];
}

/** The same for people. */
export function asText(url: string, { frames, atRest }: Sight): string {
  const { headline, detail, next } = summarize(frames);
  return [
    url,
    headline,
    ...(atRest ? [] : ['The page did not come to rest; this is how it was after 25 s.']),
    '',
    ...frames.flatMap((frame) => [
      ...(frames.length > 1
        ? [`— ${frame.frameId === 0 ? 'the page' : `frame ${frame.frameId}`}: ${frame.survey.url}`]
        : []),
      ...frameLines(frame),
      '',
    ]),
    ...(frames.length === 0 ? [nothing] : next === 'report' && detail ? [detail] : []),
    '',
  ].join('\n');
}

const nothing =
  'No frame of this page looks like a conversation. If there is one, write a rule for it and try it with --rules: docs/site-rules.md says how.';
