/** Reads the labelled set; see tests/fixtures/redaction/README.md. */
import { readFileSync } from 'node:fs';
import type { AppliedKind, Span } from '../../../../utils/privacy/kinds.ts';

interface Label extends Span {
  readonly kind: AppliedKind;
}

export interface Snippet {
  readonly id: string;
  readonly locale: string;
  readonly half: 'tune' | 'held' | 'fresh';
  readonly trap: string | null;
  readonly hostile: boolean;
  readonly text: string;
  readonly labels: readonly Label[];
}

interface Row extends Omit<Snippet, 'trap' | 'hostile' | 'labels'> {
  readonly trap?: string;
  readonly hostile?: boolean;
}

/** Domains in the set are reserved ones, which some libraries leave out on purpose; under a name that nobody reserved all are judged alike. */
const unreserved = (text: string) => text.replaceAll('example', 'contoso').replaceAll('⟨⟩', '');

function parse(row: Row): Snippet {
  const labels: Label[] = [];
  let text = '';
  for (const part of unreserved(row.text).split(/(⟦[^⟧]*⟧)/)) {
    const marked = /^⟦([a-z-]+)\|([^⟧]*)⟧$/s.exec(part);
    if (marked)
      labels.push({
        kind: marked[1] as AppliedKind,
        start: text.length,
        end: text.length + (marked[2] as string).length,
      });
    text += marked ? marked[2] : part;
  }
  return { ...row, trap: row.trap ?? null, hostile: row.hostile ?? false, text, labels };
}

/** All snippets, in the order of the file. */
export function readLabelledSet(): Snippet[] {
  const file = new URL('../../../fixtures/redaction/snippets.jsonl', import.meta.url);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => parse(JSON.parse(line) as Row));
}

/** The rules of the imagined team whose customer numbers stand in the set. */
export const teamRules = [
  { id: 'customer', pattern: '(?i)\\bCUST-\\d{6}\\b' },
  { id: 'policy', pattern: '\\bPN/\\d{4}/\\d{5}\\b' },
];
