/** Which of all that is remembered is compared: those that have most numbers in common with the answer. */

/** So many places are read of one number's list, the newest first: a number that more have tells little. */
export const LIST = 48;
/** So many are compared by their texts. */
const CANDIDATES = 8;

/** The places to compare, the best first, from the lists of the answer's numbers; of equal ones the newest. */
export function candidatesIn(lists: readonly (readonly number[])[]): readonly number[] {
  const votes = new Map<number, number>();
  // A number that few have tells more.
  for (const list of lists) for (const place of list) votes.set(place, (votes.get(place) ?? 0) + 1 / list.length);
  return [...votes]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, CANDIDATES)
    .map(([place]) => place);
}
