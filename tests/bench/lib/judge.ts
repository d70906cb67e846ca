/** Judges readings by their bounds. */
import { median } from './numbers.ts';
import type { Bound, Reading, Result, Verdict } from './types.ts';

function holds(bound: Bound, ours: number, ratio: number | null): boolean {
  const value = bound.of === 'ours' ? ours : ratio;
  if (value === null || Number.isNaN(value)) return false;
  return value <= (bound.most ?? Number.POSITIVE_INFINITY) && value >= (bound.least ?? Number.NEGATIVE_INFINITY);
}

function verdict({ gate, aim }: Reading, ours: number, ratio: number | null): Verdict {
  if (aim && holds(aim, ours, ratio) && (!gate || holds(gate, ours, ratio))) return 'aim';
  if (gate) return holds(gate, ours, ratio) ? 'gate' : 'missed';
  return aim ? 'missed' : 'shown';
}

/** The worst of a counter: the largest, unless more is better. */
const worst = ({ ours, gate, aim }: Reading) =>
  (gate ?? aim)?.least === undefined ? Math.max(...ours) : Math.min(...ours);

export function judge(id: string, reading: Reading): Result {
  if (reading.ours.length === 0) throw new Error(`${id}, ${reading.metric}: nothing was measured`);
  const ours = reading.exact ? worst(reading) : median(reading.ours);
  const peer = reading.peer ? median(reading.peer) : null;
  const ratio = peer === null ? null : ours / peer;
  return {
    id,
    metric: reading.metric,
    unit: reading.unit,
    ours,
    peer,
    peerName: reading.peerName ?? null,
    ratio,
    gate: reading.gate ?? null,
    aim: reading.aim ?? null,
    met: verdict(reading, ours, ratio),
    exact: reading.exact ?? false,
    low: Math.min(...reading.ours),
    high: Math.max(...reading.ours),
    rounds: reading.ours.length,
    note: reading.note ?? null,
  };
}
