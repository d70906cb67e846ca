/** Redaction on the labelled set, beside two published libraries in the same run. Prints the table that stands in docs/privacy-redaction.md. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type AppliedKind, appliedKinds } from '../../../utils/privacy/kinds.ts';
import { readLabelledSet } from './support/labelled-set.ts';
import { openRedaction, ours, redactPii } from './support/redactors.ts';
import { type Redactor, type Score, score, totals } from './support/score.ts';

const snippets = readLabelledSet();
const redactors: Record<string, Redactor> = {
  ours: ours(),
  '@redactpii/node': redactPii(),
  '@openredaction/core': openRedaction(),
};
const percent = (part: number, whole: number) => (whole === 0 ? '-' : `${Math.round((100 * part) / whole)} %`);

function table(scores: ReadonlyMap<string, Score>): string {
  const columns = [...scores];
  const rows = [['kind', 'labels', ...columns.map(([name]) => `${name}: recall, precision`)]];
  for (const kind of appliedKinds) {
    const cells = columns.map(([, { kinds }]) => {
      const { labels, found, touched, right } = kinds.get(kind) ?? { labels: 0, found: 0, touched: 0, right: 0 };
      return `${percent(found, labels)}, ${percent(right, touched)}`;
    });
    rows.push([kind, String(columns[0]?.[1].kinds.get(kind)?.labels), ...cells]);
  }
  const all = columns.map(([, one]) => totals(one));
  rows.push(['all', '', ...all.map(({ recall, precision }) => `${percent(recall, 1)}, ${percent(precision, 1)}`)]);
  const traps = columns.map(
    ([, one]) => [...one.traps.values()].filter(({ snippets: n, green }) => n === green).length,
  );
  rows.push(['green traps', String(columns[0]?.[1].traps.size), ...traps.map(String)]);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

const scored = new Map<string, Map<string, Score>>();

beforeAll(async () => {
  for (const half of ['tune', 'held', 'fresh'] as const) {
    const part = snippets.filter((snippet) => snippet.half === half);
    const scores = new Map<string, Score>();
    for (const [name, redactor] of Object.entries(redactors)) scores.set(name, await score(part, redactor));
    scored.set(half, scores);
    console.log(`${half}: ${part.length} snippets\n${table(scores)}\n`);
  }
}, 120_000);

const oursOn = (half: string) => scored.get(half)?.get('ours') as Score;

describe('the labelled set', () => {
  it('has at least 300 snippets, ten locales, every kind, and twenty kinds of traps', () => {
    expect(snippets.length).toBeGreaterThanOrEqual(300);
    expect(new Set(snippets.map(({ locale }) => locale)).size).toBe(10);
    expect(new Set(snippets.map(({ id }) => id)).size).toBe(snippets.length);
    expect(new Set(snippets.flatMap(({ labels }) => labels.map(({ kind }) => kind)))).toEqual(new Set(appliedKinds));
    expect(new Set(snippets.flatMap(({ trap }) => trap ?? [])).size).toBeGreaterThanOrEqual(20);
  });
});

describe.each(['tune', 'held', 'fresh'])('on the part "%s"', (half) => {
  it('finds 95 % of all and 90 % of each kind, and at least nine touches in ten are right', () => {
    const { recall, precision } = totals(oursOn(half));
    expect(recall).toBeGreaterThanOrEqual(0.95);
    expect(precision).toBeGreaterThanOrEqual(0.9);
    for (const kind of appliedKinds) {
      const { found, labels } = oursOn(half).kinds.get(kind) ?? { found: 0, labels: 0 };
      expect(found / Math.max(1, labels), `${kind}: ${oursOn(half).missed.join('\n')}`).toBeGreaterThanOrEqual(0.9);
    }
  });

  it('leaves every trap alone', () => {
    expect(oursOn(half).wrong).toEqual([]);
  });

  it('does better than the libraries', () => {
    const { recall, precision } = totals(oursOn(half));
    for (const name of ['@redactpii/node', '@openredaction/core']) {
      const other = totals(scored.get(half)?.get(name) as Score);
      expect(recall).toBeGreaterThan(other.recall);
      expect(precision).toBeGreaterThan(other.precision);
    }
  });
});

describe('the score is honest', () => {
  it.each([...appliedKinds])('without the detector of %s, its recall is below the bar', async (kind: AppliedKind) => {
    const { kinds } = await score(snippets, ours(kind));
    const { found, labels } = kinds.get(kind) ?? { found: 0, labels: 1 };
    expect(found / labels).toBeLessThan(0.5);
  });

  it('a redactor that does nothing finds nothing, one that takes all is wrong in every trap', async () => {
    const nothing = await score(snippets, ({ text }) => text);
    expect(totals(nothing).recall).toBeLessThan(0.01);
    const everything = await score(snippets, () => '[ALL]');
    expect(totals(everything).recall).toBe(1);
    expect([...everything.traps.values()].every(({ green }) => green === 0)).toBe(true);
  });
});
