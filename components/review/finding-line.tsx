import './finding-line.css';
import type { Label } from '../../utils/review/rubric.ts';
import type { Finding, Severity } from '../../utils/review/schema.ts';

interface FindingLineProps {
  readonly finding: Finding & { readonly number: number; readonly standing?: 'open' | 'made' | 'other' | null };
  readonly labels: readonly Label[];
}

const words: Readonly<Record<Severity, string>> = { minor: 'Minor', major: 'Major', critical: 'Critical' };

/** So much of a quote is shown. */
const EXCERPT = 160;

const cut = (text: string) =>
  text.length > EXCERPT ? `${text.slice(0, EXCERPT).replace(/[\ud800-\udbff]$/, '')}…` : text;

/** A finding in a line or two: number, severity, label, the words it is about, what is said of them. */
export function FindingLine({ finding, labels }: FindingLineProps) {
  const { number, severity, label, quote, note, replacement, orphan, standing } = finding;
  const name = label === null ? null : (labels.find(({ id }) => id === label)?.name ?? label);
  const about = quote.exact === '' ? `after “${quote.prefix.trim()}”` : `“${cut(quote.exact)}”`;
  return (
    <>
      <span class={`fl-number fl-${severity}`}>{number}</span>
      <span class="fl-body">
        <span class="fl-head">
          <strong>{words[severity]}</strong>
          {name !== null && <span class="captured"> · {name}</span>}
          {orphan && <span class="quiet"> · not in the answer any more</span>}
          {standing === 'made' && <span class="quiet"> · in the correction</span>}
        </span>
        <span class={`captured fl-quote${replacement === null ? '' : ' fl-replaced'}`}>{about}</span>
        {replacement !== null && (
          <span class="captured fl-better">{replacement === '' ? 'goes' : `→ “${cut(replacement)}”`}</span>
        )}
        {note !== null && <span class="captured fl-note">{note}</span>}
      </span>
    </>
  );
}
