// @vitest-environment happy-dom
/** From the text of a response to its place on the page and back, for every response of the saved pages that stands there without a script. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDetector, siteRules } from '../../../utils/detection/index.ts';
import { mapText, type TextMap } from '../../../utils/detection/text-map.ts';
import type { TextSource } from '../../../utils/detection/types.ts';
import { withDeclaredRoots } from '../../support/detection/declared-roots.ts';

const folder = 'tests/fixtures/sites';
const pages = siteRules.flatMap((rule) =>
  readdirSync(join(folder, rule.id))
    .filter((file) => file.endsWith('.html'))
    .map((file) => ({ name: `${rule.id}/${file.slice(0, -5)}`, rule, path: join(folder, rule.id, file.slice(0, -5)) })),
);
/** Spans and selections that are tried on each response. */
const numRuns = 12;
/** What a reading says in other words than those that stand on the page. */
const told = 'img,textarea,math,[data-math],.katex,mjx-container';

interface Mapped {
  /** As a review would have it. */
  readonly text: string;
  readonly map: TextMap;
  readonly source: TextSource;
  /** Text nodes of the answer that show something of it. */
  readonly nodes: readonly Text[];
  /** Whether the page shows the n-th UTF-16 code unit of the text. */
  readonly shown: readonly boolean[];
}

/** Shows a page as its parser would, without its scripts, and gives the responses that the rule finds on it. */
function responsesOf({ name, rule, path }: (typeof pages)[number]): readonly Mapped[] {
  const { url, authors = [] } = JSON.parse(readFileSync(`${path}.json`, 'utf8'));
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(url);
  const html = readFileSync(`${path}.html`, 'utf8').replace(/^<!doctype html>/i, '');
  document.documentElement.innerHTML = html.replace(/<script[\s\S]*?<\/script>/g, '');
  withDeclaredRoots(document);
  const stop = new AbortController();
  const said = authors.map((author: object) => ({ ...author, site: rule.id }));
  const detector = createDetector({ document, rules: [rule], authors: said, generic: false });
  detector.start(stop.signal, () => {});
  const found = detector.responses().map((response) => {
    const source = detector.source(response);
    const { text } = detector.capture(response, 0);
    const map = mapText(source);
    if (!map) throw new Error(`No map of ${name}`);
    const shown = Array.from({ length: text.length }, (_, at) => map.rangesOf({ start: at, end: at + 1 }).length > 0);
    const nodes = map.rangesOf({ start: 0, end: text.length }).map(({ startContainer }) => startContainer as Text);
    return { text, map, source, nodes, shown };
  });
  stop.abort();
  return found;
}

/** A place between the characters of a node. */
type Place = readonly [node: Text, offset: number];

const solid = (text: string) => text.replace(/\s/g, '');

/** A span of the text leads to its very words on the page, and from there back to its first and last of them. */
function fromText({ map, shown }: Mapped, start: number, end: number): void {
  const ranges = map.rangesOf({ start, end });
  const wanted = Array.from({ length: end - start }, (_, at) => start + at).filter((at) => shown[at]);
  expect(solid(ranges.map(String).join(''))).toBe(wanted.map((at) => map.text[at]).join(''));
  const back = ranges.map((range) => map.spanOf(range));
  const [first, last] = [wanted[0], wanted.at(-1)];
  if (first === undefined || last === undefined) {
    expect(ranges).toEqual([]);
    return;
  }
  expect(Math.min(...back.map((span) => span?.start ?? Number.NaN))).toBe(first);
  expect(Math.max(...back.map((span) => span?.end ?? Number.NaN))).toBe(last + 1);
}

/** What is selected on the page, from one place in its words to another, leads to these words in the text, and from there back into the selection. */
function fromPage({ map }: Mapped, [from, one]: Place, [to, other]: Place): void {
  const [start, end] = from === to ? [Math.min(one, other), Math.max(one, other)] : [one, other];
  const range = document.createRange();
  range.setStart(from, start);
  range.setEnd(to, end);
  const span = map.spanOf(range);
  const inOne = from === to ? solid(from.data.slice(start, end)) : null;
  if (span === null) {
    expect(inOne ?? '').toBe('');
    return;
  }
  if (inOne !== null) expect(solid(map.text.slice(span.start, span.end))).toBe(inOne);
  for (const part of map.rangesOf(span)) {
    if (part.startContainer.getRootNode() !== from.getRootNode()) continue;
    expect(part.compareBoundaryPoints(Range.START_TO_START, range)).toBeGreaterThanOrEqual(0);
    expect(part.compareBoundaryPoints(Range.END_TO_END, range)).toBeLessThanOrEqual(0);
  }
}

/** The whole number that a share of 0 to 1 stands for, from 0 to `most`. */
const upTo = (most: number, share: number) => Math.min(most, Math.floor(share * (most + 1)));

it('given the saved pages, when any part of an answer is looked up on its page, or any selection in its text, then it is those very words, and back', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const two = fc.tuple(share, share);
  let found = 0;
  for (const page of pages) {
    for (const mapped of responsesOf(page)) {
      found += 1;
      const { text, map, source, nodes, shown } = mapped;
      expect(map.text, page.name).toBe(text);
      const isTold = source.bodies.some((body) => body.matches(told) || body.querySelector(told));
      const lost = Array.from({ length: text.length }, (_, at) => (shown[at] ? '' : text[at]));
      if (!isTold) expect(solid(lost.join('')), page.name).toBe('');
      const there = (node: number, offset: number): Place | null => {
        const one = nodes[upTo(nodes.length - 1, node)];
        return one ? [one, upTo(one.length, offset)] : null;
      };
      fc.assert(
        fc.property(two, two, two, (span, [one, other], offsets) => {
          const [start = 0, end = 0] = span.map((each) => upTo(text.length, each)).sort((a, b) => a - b);
          fromText(mapped, start, end);
          const [from, to] = [there(Math.min(one, other), offsets[0]), there(Math.max(one, other), offsets[1])];
          if (from && to && from[0].getRootNode() === to[0].getRootNode()) fromPage(mapped, from, to);
        }),
        { numRuns },
      );
    }
  }
  expect(found).toBeGreaterThan(120);
});
