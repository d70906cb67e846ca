/** Medians, and rounds in which those that are compared take turns. */

/** The value at `share` of the sorted list, 0 to 1; NaN of nothing. */
export function quantile(list: readonly number[], share: number): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle one; of an even count the mean of the two in the middle. */
export function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[half] as number;
  return ((sorted[half - 1] ?? Number.NaN) + (sorted[half] ?? Number.NaN)) / 2;
}

/**
 * Measures each variant once a round, in an order that moves on by one every round, so that what the machine does meanwhile
 * falls on all alike. Answers what each measured, a value a round.
 */
export async function interleaved<Variants extends Readonly<Record<string, (round: number) => unknown>>>(
  rounds: number,
  variants: Variants,
): Promise<{ readonly [Name in keyof Variants]: readonly Awaited<ReturnType<Variants[Name]>>[] }> {
  const names = Object.keys(variants);
  const measured = Object.fromEntries(names.map((name) => [name, [] as unknown[]]));
  for (let round = 0; round < rounds; round += 1)
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(turn + round) % names.length] as string;
      measured[name]?.push(await variants[name]?.(round));
    }
  return measured as { [Name in keyof Variants]: Awaited<ReturnType<Variants[Name]>>[] };
}
