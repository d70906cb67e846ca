/** How far two texts go on saying the same from one place in each. */

/** Most units that are stepped over on both sides together where the texts differ. */
const SKIP = 12;
/** What a unit that is stepped over costs, where an equal one counts 1; and how deep the count may fall below its best. */
const COST = 0.5;
const DROP = 8;
/** What it is worth that both texts end at once, in units. */
const SAME_END = 8;

/**
 * Follows two texts from (`i`, `j`) on, these two included, in the direction `step`, over small differences, and counts the
 * equal units less half of the others: the best that it comes to within `most` equal ones (a local alignment that is given
 * up when it falls). `pair` gets the equal units up to there.
 */
export function agreement(
  a: Int32Array,
  i: number,
  b: Int32Array,
  j: number,
  step: 1 | -1,
  most: number,
  pair?: (i: number, j: number) => void,
): number {
  const [endA, endB] = step === 1 ? [a.length, b.length] : [-1, -1];
  const pairs: number[] = [];
  let [count, best, bestPairs, equal] = [0, 0, 0, 0];
  const isEqual = (x: number, y: number) => x !== endA && y !== endB && a[x] === b[y];
  /** The nearest place to go on from: the further away, the more units have to be equal there. */
  const resume = () => {
    for (let skip = 1; skip <= SKIP; skip++) {
      const row = skip <= 2 ? 2 : 3;
      for (let x = 0; x <= skip; x++) {
        const [p, q] = [i + step * x, j + step * (skip - x)];
        if ((endA - p) * step <= 0 || (endB - q) * step <= 0) continue;
        let k = 0;
        while (k < row && isEqual(p + step * k, q + step * k)) k++;
        if (k < row) continue;
        [i, j] = [p, q];
        count -= skip * COST;
        return true;
      }
    }
    return false;
  };
  while (equal < most && i !== endA && j !== endB && best - count < DROP) {
    if (a[i] !== b[j]) {
      if (resume()) continue;
      break;
    }
    if (pair) pairs.push(i, j);
    equal++;
    count++;
    if (count > best) [best, bestPairs] = [count, pairs.length];
    i += step;
    j += step;
  }
  if (i === endA && j === endB) best = Math.max(best, count + SAME_END);
  if (pair) for (let k = 0; k < bestPairs; k += 2) pair(pairs[k] as number, pairs[k + 1] as number);
  return best;
}
