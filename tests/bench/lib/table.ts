/** Results as the table on screen and in docs/performance.md. */
import type { Bound, Result, Verdict } from './types.ts';

const words: Readonly<Record<Verdict, string>> = { aim: 'aim met', gate: 'gate met', missed: 'MISSED', shown: '' };

/** Three digits that mean something, and no more. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0 || Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

const multiple = (value: number) => (value < 0.1 && value > 0 ? `1/${figure(1 / value)}` : `${figure(value)}×`);

function said(bound: Bound | null, unit: string): string {
  if (!bound) return '';
  const value = (limit: number) => (bound.of === 'ratio' ? multiple(limit) : `${figure(limit)} ${unit}`);
  const parts = [
    ...(bound.most === undefined ? [] : [`≤ ${value(bound.most)}`]),
    ...(bound.least === undefined ? [] : [`≥ ${value(bound.least)}`]),
  ];
  return parts.join(', ');
}

const unitOf = ({ unit }: Result) => (unit === 'count' || unit === 'x' ? '' : unit);

/** The cells of a line: id, metric, ours with its spread, peer, ratio, gate, aim, verdict. */
export function cells(result: Result): readonly string[] {
  const unit = unitOf(result);
  const spread = result.low === result.high ? '' : ` (${figure(result.low)} to ${figure(result.high)})`;
  return [
    result.id,
    result.metric + (result.exact ? ' #' : ''),
    `${figure(result.ours)} ${unit}${spread}`.replace(/ +/g, ' ').trim(),
    result.peer === null ? '' : `${figure(result.peer)} ${unit} ${result.peerName ?? ''}`.replace(/ +/g, ' ').trim(),
    result.ratio === null ? '' : multiple(result.ratio),
    said(result.gate, unit).trim(),
    said(result.aim, unit).trim(),
    words[result.met],
  ];
}

const heads = ['', 'measured', 'ours', 'beside', 'ratio', 'gate', 'aim', ''];

/** The table for a terminal, in columns. */
export function plain(results: readonly Result[]): string {
  const rows = [heads, ...results.map(cells)];
  const widths = heads.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The table for a page of the docs. */
export function markdown(results: readonly Result[]): string {
  const line = (row: readonly string[]) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...results.map((result) => line(cells(result)))].join('\n');
}
