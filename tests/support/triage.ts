/**
 * The support conversations by which triage is scored, and what it makes of them. They were written for this, the bad
 * answers before any score was looked at; `A[kind]` says in which way an answer is bad. The bot's own correction counts as good.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { type Strengths, strengthsOf } from '../../utils/triage/priority.ts';
import { likeness } from '../../utils/triage/signals/likeness.ts';
import { formatOf } from '../../utils/triage/signals/shape.ts';
import { signalsOf } from '../../utils/triage/signals.ts';
import type { Known, Signals, TriageSubject, Usual } from '../../utils/triage/types.ts';

const folder = new URL('../fixtures/triage/', import.meta.url);

/** When all of it was said, in ms since 1970. */
export const SAID_AT = Date.parse('2026-11-21T10:00:00Z');

export interface Answer {
  readonly conversation: string;
  readonly site: string;
  readonly language: string;
  readonly text: string;
  readonly prompt: string;
  readonly before: string;
  readonly next: string | null;
  /** In which way it is bad; null where it is good. */
  readonly bad: string | null;
  /** When it was given, in minutes: conversations come in no order of their numbers. */
  readonly minute: number;
}

interface Turn {
  readonly by: 'U' | 'A';
  readonly bad: string | null;
  readonly text: string;
}

function turnsOf(block: string): Turn[] {
  const turns: Turn[] = [];
  for (const line of block.split('\n').slice(1)) {
    const [, by, bad, text = ''] = /^([UA])(?:\[([a-z-]+)\])?: (.*)$/.exec(line) ?? [];
    const last = turns.at(-1);
    if (by === 'U' || by === 'A') turns.push({ by, bad: bad ?? null, text });
    else if (last && line !== '') turns[turns.length - 1] = { ...last, text: `${last.text}\n${line}` };
  }
  return turns;
}

/** All answers, in the order in which they were given. */
export function answers(): Answer[] {
  const text = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('');
  return text
    .split(/^## /m)
    .slice(1)
    .flatMap((block) => {
      const [conversation = '', site = '', language = ''] = (block.split('\n')[0] ?? '')
        .split('|')
        .map((one) => one.trim());
      const turns = turnsOf(block);
      return turns.flatMap(({ by, bad, text: own }, at) => {
        if (by !== 'A') return [];
        const before = turns
          .slice(0, Math.max(0, at - 1))
          .slice(-4)
          .map((turn) => turn.text)
          .join('\n');
        const next = turns[at + 1]?.text ?? null;
        const minute = ((Number(conversation) * 29) % 69) * 20 + at;
        return [
          { conversation, site, language, text: own, prompt: turns[at - 1]?.text ?? '', before, next, bad, minute },
        ];
      });
    });
}

const subjectOf = ({ text, prompt, before, next }: Answer): TriageSubject => ({
  ...{ text, prompt, before, next },
  confidence: 0.95,
  hits: [],
});

const usualOf = (all: readonly Answer[]): Usual[] =>
  all.map(({ text }) => ({ length: text.length, format: formatOf(text) }));

/** The signals of each answer, as if all of its site had been seen, and those of `reviewed` judged, before it. */
export function signalsOfAll(all: readonly Answer[], reviewed: readonly Known[]): Signals[] {
  return all.map((answer) => {
    const usual = usualOf(all.filter(({ site }) => site === answer.site));
    return signalsOf(subjectOf(answer), { usual, reviewed, now: SAID_AT });
  });
}

export const strengthsOfAll = (all: readonly Answer[], reviewed: readonly Known[] = []): Strengths[] =>
  signalsOfAll(all, reviewed).map(strengthsOf);

/** The signals of answers as they are once others were judged: only those that look at others change. */
export function withJudged(all: readonly Answer[], own: readonly Strengths[], judged: readonly Known[]): Strengths[] {
  return own.map((strengths, at) => {
    const { novelty, failures } = likeness(all[at]?.text ?? '', judged);
    return { ...strengths, novelty: novelty.strength, failures: failures.strength };
  });
}
