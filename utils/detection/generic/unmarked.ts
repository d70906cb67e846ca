/** Suppositions about rows that carry no sign: which of two kinds grew, or answers on a site where only an AI does. */
import type { RuleVariant } from '../types.ts';
import { add, answersAlone, type Guess, type Setting, support, suppose } from './guess.ts';
import { isProse } from './reading.ts';
import { speaking } from './rows.ts';
import { outermost, selectorFor } from './selectors.ts';
import { areRicher, rowGroups, type Split, splitsOf } from './split.ts';

/** Rows that hardly ever change sides are no conversation. */
const leastAlternation = 0.4;

/** The rows that are or contain the element, from the widest to the narrowest, with it. */
function levelsAround(element: Element, composers: readonly Element[]): { rows: Element[]; row: Element }[] {
  const levels: { rows: Element[]; row: Element }[] = [];
  for (let row: Element = element; row.parentElement && levels.length < 14; row = row.parentElement) {
    if (composers.some((composer) => row.contains(composer))) break;
    const rows = speaking(row.parentElement);
    if (rows.length >= 2 && rows.includes(row) && (!isProse(row) || row.localName === 'li')) levels.push({ rows, row });
  }
  return levels.reverse();
}

/** A rule for the rows on the first side of a split; null where no selector finds them and nothing else. */
function variantOf(id: string, split: Split, rows: readonly Element[], root: ParentNode): RuleVariant | null {
  const [one, other] = [outermost(split.one), outermost(split.other)];
  const base = selectorFor(rows, root);
  const exact = (condition: string, wanted: readonly Element[]) => {
    if (base === null) return selectorFor(wanted, root, condition);
    const found = outermost(root.querySelectorAll(`${base}${condition}`));
    return wanted.every((row) => found.includes(row)) && found.length <= wanted.length ? `${base}${condition}` : null;
  };
  const assistant = exact(split.condition, one);
  if (assistant === null) return null;
  const opposite = split.condition.startsWith(':not(') ? split.condition.slice(5, -1) : `:not(${split.condition})`;
  const user = exact(opposite, other);
  return { id, assistant, ...(user === null ? {} : { user }) };
}

/** From what was seen growing: its row, told from the row before by what only one of them has. */
export function grownGuess(setting: Setting): Guess | null {
  const grown = setting.growth.filter((element) => element.isConnected).at(-1);
  if (!grown || !setting.root.contains(grown)) return null;
  // What grows by whole messages is what holds them.
  if (setting.userElements.some((user) => grown.contains(user))) return null;
  for (const { rows, row } of levelsAround(grown, setting.composers)) {
    const before = rows[rows.indexOf(row) - 1];
    if (!before || rows.length > 400) continue;
    for (const split of splitsOf(rows)) {
      if (split.alternation < leastAlternation) break;
      if (!split.one.includes(row) || !split.other.includes(before)) continue;
      const variant = variantOf('grown', split, rows, setting.root);
      if (!variant) continue;
      return suppose(variant, split.one, support(split.one, split.other, setting), true);
    }
  }
  return null;
}

/** From the shape of a conversation alone. Asserted only where the address is known to be an AI's; else offered at most. */
export function shapedGuess(setting: Setting): Guess | null {
  const { root, composers, rule } = setting;
  if (composers.length === 0 && !answersAlone(rule)) return null;
  const [top] = 'body' in root ? [(root as Document).body] : Array.from(root.children);
  if (!top) return null;
  let best: Guess | null = null;
  for (const rows of rowGroups([top], composers).slice(0, 40)) {
    if (rows.length > 400) continue;
    for (const split of splitsOf(rows).slice(0, 6)) {
      if (split.alternation < leastAlternation) break;
      if (!areRicher(split.one, split.other)) continue;
      const evidence = support(split.one, split.other, setting);
      if (best && add(evidence) <= best.total) continue;
      const variant = variantOf('shaped', split, rows, root);
      const guess = variant && suppose(variant, split.one, evidence, answersAlone(rule));
      if (guess && guess.total > (best?.total ?? 0)) best = guess;
    }
  }
  return best;
}
