/** What detection sees on a page, in plain words with one next step. */
import type { Health, SurveyedMessage } from '../detection/types.ts';
import type { FrameSurvey } from './frames.ts';

/** What to do next: point at an answer, copy a report, or nothing. */
type NextStep = 'point' | 'report' | null;

export interface HealthSummary {
  readonly state: Health['state'] | 'silent';
  readonly tone: 'good' | 'quiet' | 'warn';
  readonly headline: string;
  /** One sentence more, where there is something to say. */
  readonly detail: string | null;
  readonly next: NextStep;
}

const count = (number: number, one: string, many = `${one}s`) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** Worst first: what the page is called when its frames differ. */
const order: readonly Health['state'][] = ['changed', 'broken', 'slow', 'working', 'fallback', 'idle'];

/** Of several frames the one that says most about the page: what is wrong goes first, then where most was found. */
export function leading(frames: readonly FrameSurvey[]): FrameSurvey | null {
  const weight = ({ survey }: FrameSurvey) => order.indexOf(survey.health.state) * 1e6 - survey.messages.length;
  return [...frames].sort((one, other) => weight(one) - weight(other))[0] ?? null;
}

const isResponse = ({ role }: SurveyedMessage) => role === 'assistant' || role === 'draft';

/** How many answers were found by what; `offered`: not sure enough to be asserted. */
export interface Found {
  readonly rule: number;
  readonly generic: number;
  readonly manual: number;
  readonly growing: number;
  readonly offered: number;
}

export function foundIn(frames: readonly FrameSurvey[]): Found {
  const sum = (of: (frame: FrameSurvey) => number) => frames.reduce((total, frame) => total + of(frame), 0);
  return {
    rule: sum(({ survey }) => survey.health.found.rule),
    generic: sum(({ survey }) => survey.health.found.generic),
    manual: sum(({ survey }) => survey.health.found.manual),
    growing: sum(({ survey }) => survey.health.found.growing),
    offered: sum(({ survey }) => survey.messages.filter((one) => isResponse(one) && !one.asserted).length),
  };
}

function detailOf({ growing, offered }: Found): string | null {
  const parts = [
    growing > 0 && `${count(growing, 'answer is', 'answers are')} still being written.`,
    offered > 0 &&
      `${count(offered, 'is', 'are')} not certain: you are asked whether an AI wrote ${offered === 1 ? 'it' : 'them'}.`,
  ];
  return parts.filter(Boolean).join(' ') || null;
}

/** How detection fares in a tab; of no frame at all where the page gave no sign of a conversation. */
export function summarize(frames: readonly FrameSurvey[]): HealthSummary {
  const found = foundIn(frames);
  const lead = leading(frames)?.survey;
  const nothing: HealthSummary = {
    state: 'silent',
    tone: 'quiet',
    headline: 'Nothing found on this page.',
    detail: 'Countersign watches for AI answers. If you see one, point at it.',
    next: 'point',
  };
  if (!lead) return nothing;
  const name = lead.rule?.name ?? 'this site';
  const { state, message } = lead.health;
  const bySigns = found.generic + found.manual;

  switch (state) {
    case 'changed':
      return {
        state,
        tone: 'warn',
        headline: `This site changed: the rule for ${name} finds nothing.`,
        detail:
          bySigns > 0
            ? `The finder found ${count(bySigns, 'answer')}. Point at one that is missing, or send the report below to who keeps the rule.`
            : 'Point at an answer, and Countersign finds the others like it.',
        next: 'point',
      };
    case 'slow':
    case 'broken':
      return {
        state,
        tone: 'warn',
        headline:
          state === 'slow'
            ? `The rule for ${name} is off here: it was too slow.`
            : `The rule for ${name} does not work here.`,
        detail: message ?? 'Copy the report below for who keeps the rule.',
        next: 'report',
      };
    case 'working':
    case 'fallback': {
      const parts = [
        found.rule > 0 && `${count(found.rule, 'answer')} found by the ${name} rule`,
        found.generic > 0 &&
          `${count(found.generic, found.offered >= found.generic ? 'possible answer' : 'answer')}, by signs on the page`,
        found.manual > 0 && `${count(found.manual, 'answer')} that you pointed at`,
      ].filter(Boolean);
      if (parts.length === 0) break;
      return { state, tone: 'good', headline: `${parts.join(' and ')}.`, detail: detailOf(found), next: 'point' };
    }
    case 'idle':
      break;
  }
  const strangers = lead.messages.filter(({ role }) => role === 'unknown').length;
  if (strangers > 0) {
    return {
      state,
      tone: 'quiet',
      headline: `${count(strangers, 'message')} whose author may be an AI or not: the page does not say.`,
      detail: 'Point at one that an AI wrote, and its author is remembered for this site.',
      next: 'point',
    };
  }
  if (lead.rule) {
    return {
      state,
      tone: 'quiet',
      headline: 'No answer on this page yet.',
      detail: `The ${name} rule is ready. If there is an answer already, point at it.`,
      next: 'point',
    };
  }
  return { ...nothing, state };
}
