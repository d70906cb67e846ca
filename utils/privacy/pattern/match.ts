/** Runs a compiled pattern over a text: every thread in step, so that the time is (characters × steps) at most. */
import type { Span } from '../kinds.ts';
import { compile, type Step } from './program.ts';
import { type CharTest, isWord, parsePattern, remembered } from './syntax.ts';

/** How far behind a match a longer one is looked for, in characters: without a limit, many matches could each cost the whole text. */
export const MAX_LOOK_AHEAD = 256;

/** All matches of a pattern, leftmost first, each the longest there, none overlapping. */
export interface Pattern {
  /** `spend` is told of the work as it is done, in steps of the automaton; it may throw to end it. `most`: as many are enough. */
  readonly findAll: (text: string, spend?: (steps: number) => void, most?: number) => Span[];
}

/** Compiles a pattern. Throws `PatternError` with a sentence for the person who wrote it. */
export function compilePattern(source: string): Pattern {
  const steps = compile(parsePattern(source));
  const first = firstTests(steps);
  const canStart = remembered((code) => first.some((test) => test(code)));
  return { findAll: (text, spend = () => {}, most = text.length) => findAll(steps, canStart, text, spend, most) };
}

/** The tests that a match's first character may pass. */
function firstTests(steps: readonly Step[]): CharTest[] {
  const seen = new Set<number>();
  const tests: CharTest[] = [];
  const visit = (address: number) => {
    const step = steps[address];
    if (!step || seen.has(address)) return;
    seen.add(address);
    if (step.test) tests.push(step.test);
    else {
      visit(step.next);
      visit(step.other);
    }
  };
  visit(0);
  return tests;
}

function holds(step: Step, text: string, index: number): boolean {
  const before = index > 0 ? text.charCodeAt(index - 1) : 10;
  const after = index < text.length ? text.charCodeAt(index) : 10;
  if (step.at === 'start') return before === 10;
  if (step.at === 'end') return after === 10;
  return (isWord(before) !== isWord(after)) === (step.at === 'boundary');
}

function findAll(
  steps: readonly Step[],
  canStart: CharTest,
  text: string,
  spend: (steps: number) => void,
  most: number,
): Span[] {
  const found: Span[] = [];
  /** Steps since the last `spend`. */
  let work = 0;
  /** Where the thread at each address began; the earliest is there first, because threads are kept in that order. */
  const began = new Uint32Array(steps.length);
  /** The round in which an address was last entered: no address holds two threads. */
  const entered = new Uint32Array(steps.length);
  let round = 0;
  let threads: number[] = [];
  let best: Span | null = null;

  /** Follows the steps that read nothing, from `address` at `at`, for a match that began at `start`. */
  function enter(list: number[], address: number, at: number, start: number): void {
    const stack = [address];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (top < 0 || entered[top] === round) continue;
      work += 1;
      entered[top] = round;
      const step = steps[top] as Step;
      if (step.op === 'match') {
        if (!best || start <= best.start) best = { start, end: at };
      } else if (step.op === 'char') {
        began[top] = start;
        list.push(top);
      } else if (step.op === 'split') stack.push(step.other, step.next);
      else if (holds(step, text, at)) stack.push(step.next);
    }
  }

  const took = (): Span | null => best;
  let index = 0;
  while ((index < text.length || threads.length > 0) && found.length < most) {
    const code = text.codePointAt(index) ?? -1;
    if (!took() && threads.length === 0 && !canStart(code)) {
      index += code > 0xffff ? 2 : 1;
      continue;
    }
    spend(work + threads.length + 1);
    work = 0;
    // A match that begins here comes after all that began before. Its addresses may be taken by those: they go first.
    if (!took()) {
      round += 1;
      const fresh: number[] = [];
      for (const address of threads) entered[address] = round;
      enter(fresh, 0, index, index);
      threads.push(...fresh);
    }
    const next: number[] = [];
    const at = index + (code > 0xffff ? 2 : 1);
    // The addresses hold the beginnings of this round while those of the next are written.
    const starts = threads.map((address) => began[address] as number);
    round += 1;
    for (const [order, address] of threads.entries()) {
      const start = starts[order] as number;
      const first = took();
      if (first && start > first.start) break;
      const step = steps[address] as Step;
      if (code >= 0 && step.test?.(code)) enter(next, step.next, at, start);
    }
    threads = next;
    index = at;
    const match = took();
    if (match && (threads.length === 0 || index - match.end > MAX_LOOK_AHEAD)) {
      found.push(match);
      index = match.end;
      best = null;
      threads = [];
    }
  }
  return found;
}
