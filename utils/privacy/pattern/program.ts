/** A pattern as a program for a simulated automaton (Thompson 1968; Cox, "Regular Expression Matching: the Virtual Machine Approach"). */
import { type Assertion, type CharTest, type Node, PatternError } from './syntax.ts';

/** One step: test a character, check a position, go on at two places, or accept. `next` and `other` are addresses. */
export interface Step {
  readonly op: 'char' | 'assert' | 'split' | 'match';
  readonly test?: CharTest;
  readonly at?: Assertion;
  next: number;
  other: number;
}

/** Repeats are written out, so a short pattern could become a long program. */
const MAX_STEPS = 1000;

/** Whether the node can match nothing at all. */
function isNullable(node: Node): boolean {
  switch (node.type) {
    case 'char':
      return false;
    case 'assert':
      return true;
    case 'all':
      return node.nodes.every(isNullable);
    case 'any':
      return node.nodes.some(isNullable);
    case 'repeat':
      return node.min === 0 || isNullable(node.node);
  }
}

/** Compiles a parsed pattern. Throws `PatternError` where it would match nothing, or is too large. */
export function compile(root: Node): readonly Step[] {
  if (isNullable(root)) throw new PatternError('The pattern matches empty text.');
  const steps: Step[] = [];
  const add = (step: Pick<Step, 'op' | 'test' | 'at'>) => {
    if (steps.length >= MAX_STEPS) throw new PatternError('The pattern is too large when its repeats are written out.');
    return steps.push({ ...step, next: steps.length + 1, other: -1 }) - 1;
  };
  const step = (address: number) => steps[address] as Step;

  /** Appends the node so that it starts at the end of the program and falls through to whatever is appended next. */
  function append(node: Node): void {
    if (node.type === 'char') add({ op: 'char', test: node.test });
    else if (node.type === 'assert') add({ op: 'assert', at: node.at });
    else if (node.type === 'all') node.nodes.forEach(append);
    else if (node.type === 'any') appendAny(node.nodes);
    else appendRepeat(node.node, node.min, node.max);
  }

  function appendAny(nodes: readonly Node[]): void {
    const jumps: number[] = [];
    for (const [index, node] of nodes.entries()) {
      const split = index < nodes.length - 1 ? add({ op: 'split' }) : -1;
      append(node);
      if (split < 0) continue;
      jumps.push(add({ op: 'split' }));
      step(split).other = steps.length;
    }
    for (const jump of jumps) step(jump).next = steps.length;
  }

  function appendRepeat(node: Node, min: number, max: number): void {
    for (let count = 0; count < min; count += 1) append(node);
    if (max === Number.POSITIVE_INFINITY) {
      const split = add({ op: 'split' });
      append(node);
      const back = add({ op: 'split' });
      step(back).next = split;
      step(split).other = steps.length;
      return;
    }
    const exits: number[] = [];
    for (let count = min; count < max; count += 1) {
      exits.push(add({ op: 'split' }));
      append(node);
    }
    for (const exit of exits) step(exit).other = steps.length;
  }

  append(root);
  add({ op: 'match' });
  return steps;
}
