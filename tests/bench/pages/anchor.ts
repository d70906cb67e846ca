/** Finding 100 spans of an answer again by the product and by published matchers, each in a page of its own. */
import { createTextQuoteSelectorMatcher } from '@apache-annotator/dom';
import DiffMatchPatch from 'diff-match-patch';
import { anchorInSlices } from '../../../utils/anchoring/index.ts';
import { approximate, domAnchor } from '../../support/anchoring/finders.ts';
import { ours } from '../../support/anchoring/ours.ts';
import {
  aCase,
  type Case,
  type Finder,
  foreignCase,
  type Place,
  type Score,
  scoreOf,
} from '../../support/anchoring/score.ts';
import { longestBlock } from '../lib/block.ts';

const SPANS = 100;

/** Finders that answer at once, and one that asks a document. */
type Finding = (...args: Parameters<Finder>) => ReturnType<Finder> | Promise<ReturnType<Finder>>;

/** Characters of one text mapped to those of the other: what stands at both ends of a span is where it is now. */
const mapped: Finder = (before, spots, now) => {
  const machine = new DiffMatchPatch();
  machine.Diff_Timeout = 0;
  const diffs = machine.diff_main(before, now);
  return spots.map(({ utf16: { start, end } }) => {
    const place = { start: machine.diff_xIndex(diffs, start), end: machine.diff_xIndex(diffs, end) };
    return place.end > place.start ? place : null;
  });
};

const apache: Finding = async (_, spots, now) => {
  const scope = document.createElement('div');
  scope.textContent = now;
  document.body.replaceChildren(scope);
  const places: (Place | null)[] = [];
  for (const { quote } of spots) {
    const { value: range } = await createTextQuoteSelectorMatcher({ type: 'TextQuoteSelector', ...quote })(
      scope,
    ).next();
    places.push(range ? { start: range.startOffset, end: range.endOffset } : null);
  }
  return places;
};

const finders: Readonly<Record<string, Finding>> = {
  ours,
  matchQuote: approximate(),
  'dom-anchor-text-quote': domAnchor,
  apache,
  'diff-match-patch': mapped,
};

let given: Case;
let find: Finding;

/** Gets a finder and an answer ready for `run`: of which this share changed, or another answer for null. */
export function prepare(name: string, share: number | null, seed: number): void {
  given = share === null ? foreignCase(seed, SPANS) : aCase(share, seed, SPANS);
  find = finders[name] as Finding;
}

const found = () =>
  find(
    given.before.text,
    given.asked.map(({ spot }) => spot),
    given.now.text,
  );

export async function run(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await found();
}

/** Where it found them, scored; and how many it found at all. */
export async function score(): Promise<Score & { readonly found: number }> {
  const places = await found();
  return { ...scoreOf(given.asked, places), found: places.filter((place) => place !== null).length };
}

/** ms of the longest slice in which the product finds them, as the background does. */
export const block = (): Promise<number> =>
  longestBlock(() =>
    anchorInSlices(
      given.before.text,
      given.asked.map(({ spot }) => spot),
      given.now.text,
    ),
  );
