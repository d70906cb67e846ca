/** Findings in the form: added, changed, removed, and their replacements taken over into the correction. Pure. */
import { ordered } from '../review/findings.ts';
import type { Label } from '../review/rubric.ts';
import type { Finding } from '../review/schema.ts';
import { selectorsOf } from '../review/selectors.ts';
import { made, type Replacement, type Standing, standingOf, type Traced, takenBack } from '../review/trace.ts';
import { type Form, plainLines, withCorrectedVerdict } from './form.ts';

/** A new finding on [start, end) of `text`, in UTF-16 code units. A label that is critical makes it so. */
export function newFinding(id: string, text: string, start: number, end: number, label: Label | null): Finding {
  const severity = label?.critical ? 'critical' : 'major';
  return {
    id,
    ...selectorsOf(text, start, end),
    label: label?.id ?? null,
    severity,
    note: null,
    replacement: null,
    source: null,
  };
}

/** The form with this finding, instead of one with its id. */
export function withFinding(form: Form, finding: Finding): Form {
  return { ...form, findings: ordered([...form.findings.filter(({ id }) => id !== finding.id), finding]) };
}

/** The form without a finding. What was taken over from it into the correction stays there. */
export function withoutFinding(form: Form, id: string): Form {
  return { ...form, findings: form.findings.filter((finding) => finding.id !== id) };
}

/** What can be changed of a finding; its place cannot. */
export type FindingChange = Partial<Pick<Finding, 'label' | 'severity' | 'note' | 'replacement' | 'source'>>;

/**
 * The form with a changed finding. A replacement that was taken over already goes into the correction anew, as long as what
 * stands there is the old one.
 */
export function withFindingChanged(form: Form, id: string, change: FindingChange, answer: Answer): Form {
  const finding = form.findings.find((one) => one.id === id);
  if (!finding) return form;
  const next = { ...finding, ...change };
  const changed = withFinding(form, next);
  if (change.replacement === undefined || change.replacement === finding.replacement) return changed;
  const before = replacementOf(finding, answer);
  const back = before && standing(form, finding, answer) === 'made' ? takenBack(tracedOf(form, answer), before) : null;
  if (!back) return changed;
  const after = replacementOf(next, answer);
  return corrected(changed, (after && made(back, after)) ?? back, answer);
}

/** The finding on another stretch of the text: for one whose text was gone. */
export function withFindingMoved(form: Form, id: string, text: string, start: number, end: number): Form {
  const finding = form.findings.find((one) => one.id === id);
  if (!finding) return form;
  const { orphan: _, ...rest } = finding;
  return withFinding(form, { ...rest, ...selectorsOf(text, start, end) });
}

/** The answer as it was captured, and as the correction field shows it, whose line ends are plain. */
export interface Answer {
  readonly text: string;
  readonly plain: string;
}

const tracedOf = (form: Form, { plain }: Answer): Traced => ({
  original: plain,
  text: form.correction,
  trace: form.trace,
});

/** What a finding would have in the place of its words, in the correction field's text; null where it says nothing of that. */
export function replacementOf({ orphan, utf16, replacement }: Finding, { text, plain }: Answer): Replacement | null {
  if (orphan || replacement === null) return null;
  const at = (offset: number) => (text === plain ? offset : plainLines(text.slice(0, offset)).length);
  return { span: { start: at(utf16.start), end: at(utf16.end) }, text: plainLines(replacement) };
}

/** How a finding's replacement stands in the correction; null where it has none. */
export function standing(form: Form, finding: Finding, answer: Answer): Standing | null {
  const replacement = replacementOf(finding, answer);
  return replacement && standingOf(tracedOf(form, answer), replacement).is;
}

function corrected(form: Form, { text, trace }: Traced, { plain }: Answer): Form {
  return withCorrectedVerdict({ ...form, correction: text, trace }, plain);
}

/** The form with these findings' replacements in the correction; those where something else stands are left as they are. */
export function withAccepted(form: Form, ids: readonly string[], answer: Answer): Form {
  let next = tracedOf(form, answer);
  for (const finding of form.findings) {
    const replacement = ids.includes(finding.id) ? replacementOf(finding, answer) : null;
    next = (replacement && made(next, replacement)) ?? next;
  }
  return next.text === form.correction ? form : corrected(form, next, answer);
}

/** The form with the original words instead of a replacement that was taken over. */
export function withTakenBack(form: Form, id: string, answer: Answer): Form {
  const finding = form.findings.find((one) => one.id === id);
  const replacement = finding && replacementOf(finding, answer);
  const next = replacement && takenBack(tracedOf(form, answer), replacement);
  return next ? corrected(form, next, answer) : form;
}
