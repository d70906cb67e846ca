/** A report on detection that people can send on: rules, selectors and counts. No text of the page unless it is asked for. */
import type { Survey, SurveyedMessage } from '../detection/types.ts';
import type { FrameSurvey } from './frames.ts';
import { foundIn, summarize } from './summary.ts';

export interface ReportOptions {
  /** Version of the extension. */
  readonly version: string;
  /** Name and version of the browser, as far as known. */
  readonly browser: string;
  /** ISO time. */
  readonly at: string;
  /** Address of the tab; only its origin is told. */
  readonly page: string;
  readonly withTexts: boolean;
}

/** Characters of one message, and messages of one frame, that a report holds at most. */
const TEXT = 2000;
const MESSAGES = 200;

/** Name and version from a user agent: `Firefox 153`, `Edge 156`, `Chromium 156`. */
export function browserOf(userAgent: string): string {
  const known = [
    ['Firefox', /Firefox\/(\d+)/],
    ['Edge', /Edg\/(\d+)/],
    ['Chromium', /Chrome\/(\d+)/],
  ] as const;
  for (const [name, form] of known) {
    const version = form.exec(userAgent)?.[1];
    if (version) return `${name} ${version}`;
  }
  return 'an unknown browser';
}

const originOf = (address: string) => (URL.canParse(address) ? new URL(address).origin : 'unknown');

/**
 * A selector that was derived from a page may quote it: a name in a label, a number in an id. What is plainly a word of
 * markup stays, everything else goes.
 */
function withoutValues(selector: string): string {
  return selector
    .replace(/(["'])((?:\\.|(?!\1).)*)\1/gs, (_whole, quote: string, value: string) =>
      /^[a-z][a-z_-]{0,30}$/.test(value) ? `${quote}${value}${quote}` : `${quote}…${quote}`,
    )
    .replace(/\d{4,}/g, '…');
}

/** `4 assistant, 5 user`, in the order of first appearance. */
function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Array.from(counts, ([word, number]) => `${number} ${word}`).join(', ') || 'none';
}

function range(numbers: readonly number[]): string {
  if (numbers.length === 0) return 'none';
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)].map((one) => one.toFixed(2));
  return low === high ? `${low}` : `${low} to ${high}`;
}

const isResponse = ({ role }: SurveyedMessage) => role === 'assistant' || role === 'draft';

function textLines(messages: readonly SurveyedMessage[]): string[] {
  const shown = messages.slice(0, MESSAGES);
  const left = messages.length - shown.length;
  return [
    'Messages:',
    ...shown.flatMap(({ role, author, confidence, evidence, text }, index) => [
      `  ${index + 1}. ${role}${author ? ` (${author})` : ''}, confidence ${confidence.toFixed(2)}`,
      ...evidence.map(({ kind, detail, weight }) => `     ${weight > 0 ? '+' : ''}${weight} ${kind}: ${detail}`),
      ...text
        .slice(0, TEXT)
        .split('\n')
        .map((line) => `     | ${line}`),
    ]),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ];
}

function frameLines(
  { url, rule, health, messages, composer, ms, conversationKey }: Survey,
  withTexts: boolean,
): string[] {
  const responses = messages.filter(isResponse);
  const evidence = responses.flatMap((one) => one.evidence.map(({ kind }) => kind));
  const width = Math.max(0, ...health.selectors.map(({ variant, field }) => `${variant ?? '-'} ${field}`.length));
  return [
    `Site: ${originOf(url)}`,
    `State: ${health.state}${health.message ? `. ${health.message}` : ''}`,
    `Rule: ${rule ? `${rule.site} (${rule.name}), version ${rule.version}, ${rule.origin}` : 'none'}`,
    `Found: ${health.found.rule} by rule, ${health.found.generic} by signs on the page, ${health.found.manual} pointed at; ${health.found.growing} growing`,
    `Messages: ${tally(messages.map(({ role }) => role))}; answers with confidence ${range(responses.map((one) => one.confidence))}`,
    `Evidence: ${tally(evidence)}`,
    `Conversation: ${conversationKey === null ? 'not named' : 'named'}; composer: ${composer === null ? 'not found' : 'found'}`,
    `Time: ${Math.round(ms)} ms`,
    ...(health.selectors.length > 0 ? ['Selectors and what they match now (-1: refused by the browser):'] : []),
    ...health.selectors.map(
      ({ variant, field, selector, matched }) =>
        `  ${`${variant ?? '-'} ${field}`.padEnd(width)}  ${String(matched).padStart(4)}  ${withoutValues(selector)}`,
    ),
    ...(withTexts ? textLines(messages) : []),
  ];
}

/** The report as plain text. */
export function healthReport(frames: readonly FrameSurvey[], options: ReportOptions): string {
  const { version, browser, at, page, withTexts } = options;
  const { headline } = summarize(frames);
  const { offered } = foundIn(frames);
  return [
    'Countersign: how detection fares',
    `Countersign ${version}, ${browser}, ${at}`,
    `Page: ${originOf(page)}`,
    `In words: ${headline}${offered > 0 ? ` Not certain: ${offered}.` : ''}`,
    ...frames.flatMap(({ frameId, survey }) => [
      '',
      ...(frames.length > 1 ? [frameId === 0 ? 'The page itself' : `Frame ${frameId}`] : []),
      ...frameLines(survey, withTexts),
    ]),
    '',
    withTexts ? 'This report holds texts of the page.' : 'This report holds no text of the page.',
    '',
  ].join('\n');
}
