/** How long processors have worked for a process and all that it has started: what other programs do does not count. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in these, in ms. */
const TICK_MS = 10;

/** ms of processor time of the process and its descendants so far; null where the system does not tell. */
export function cpuTime(pid: number): number | null {
  const processes = new Map<number, { readonly parent: number; readonly ms: number }>();
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      try {
        // proc(5): behind the name in parentheses come state, parent, …, utime (14th) and stime (15th).
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const fields = stat
          .slice(stat.lastIndexOf(')') + 2)
          .split(' ')
          .map(Number);
        processes.set(Number(name), { parent: fields[1] ?? 0, ms: ((fields[11] ?? 0) + (fields[12] ?? 0)) * TICK_MS });
      } catch {
        // It has ended meanwhile.
      }
    }
  } catch {
    return null;
  }
  const isOurs = (each: number): boolean => each === pid || (each > 1 && isOurs(processes.get(each)?.parent ?? 0));
  return [...processes].reduce((sum, [each, { ms }]) => (isOurs(each) ? sum + ms : sum), 0);
}
