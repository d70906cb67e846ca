/** Findings in a redacted review: they point at the same words of the text that is sent, and quote that one. */
import { codePoints } from '../review/code-points.ts';
import { SNAPSHOT_TEXT_LIMIT } from '../review/limits.ts';
import type { Finding } from '../review/schema.ts';
import { selectorsOf } from '../review/selectors.ts';
import type { OffsetMap } from './offsets.ts';

const ADDRESS = /^https?:\/\/[^\s]+$/;
const noQuote = { exact: '', prefix: '', suffix: '' };

/** Takes out the quotes that will be made anew, so that nothing of them is left whatever happens, and no time is spent on them. */
export function withoutQuotes(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => (finding.orphan ? finding : { ...finding, quote: noQuote }));
}

/**
 * The findings on the redacted text. A finding that cuts into a replaced value takes in the whole placeholder. Where
 * placeholders made the text too long to be sent whole, a finding ends with what is sent, and one that lies in what was cut
 * off becomes an orphan with its redacted quote.
 * @param sentLength of the text that is sent, in UTF-16 code units; `redacted` may be longer.
 */
export function onRedacted(
  findings: readonly Finding[],
  offsets: OffsetMap,
  redacted: string,
  sentLength: number,
): Finding[] {
  const points = codePoints(redacted);
  return findings.map((given) => {
    // What is left of an address may be none any more.
    const finding = given.source !== null && !ADDRESS.test(given.source) ? { ...given, source: null } : given;
    if (finding.orphan) return finding;
    const { start, end } = offsets.toRedacted(finding.utf16);
    if (start <= sentLength) return { ...finding, ...selectorsOf(redacted, start, Math.min(end, sentLength), points) };
    const { quote } = selectorsOf(redacted, start, Math.min(end, start + SNAPSHOT_TEXT_LIMIT), points);
    return { ...finding, quote, orphan: true };
  });
}

/** The findings without any text, for the levels at which none leaves; `placed` keeps where they are. */
export function bare(findings: readonly Finding[], placed: boolean): Finding[] {
  const nowhere = { start: 0, end: 0 };
  return findings.map(({ id, label, severity, position, utf16, orphan }) => ({
    ...{ id, label, severity, quote: noQuote, note: null, replacement: null, source: null },
    ...(placed && !orphan ? { position, utf16 } : { position: nowhere, utf16: nowhere, orphan: true as const }),
  }));
}
