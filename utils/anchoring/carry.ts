/** Findings that were made on one text, on another text of the same answer: the page changed it, or chose another rendering. */
import { codePoints } from '../review/code-points.ts';
import type { Finding, Judgement, Review, Snapshot, UnfinishedJudgement } from '../review/schema.ts';
import { selectorsOf } from '../review/selectors.ts';

/** These findings on `now`: each on the words that it was made on, or an orphan. `before` is the text that they were made on. */
async function carried(findings: readonly Finding[], before: string, now: string): Promise<Finding[]> {
  // Most answers are judged on the text that they have: finding places anew, with its diff, comes when one has not.
  const { anchorInSlices } = await import('./index.ts');
  const anchored = await anchorInSlices(before, findings, now);
  const points = codePoints(now);
  return findings.map((finding) => {
    const { orphan: _, ...rest } = finding;
    const place = anchored?.placed.find(({ id }) => id === finding.id);
    return place ? { ...rest, ...selectorsOf(now, place.start, place.end, points) } : { ...rest, orphan: true };
  });
}

/** The findings of a revision on this snapshot; null where its text is the same, or there is no revision. */
export async function carriedTo(snapshot: Snapshot, newest: Review | undefined): Promise<Finding[] | null> {
  if (!newest || newest.snapshot.text === snapshot.text) return null;
  return carried(newest.judgement.findings ?? [], newest.snapshot.text, snapshot.text);
}

/** What a revision says, with its findings on this snapshot; null where there is none. */
export async function judgementOn(snapshot: Snapshot, newest: Review | undefined): Promise<Judgement | null> {
  const findings = await carriedTo(snapshot, newest);
  return newest && findings?.length ? { ...newest.judgement, findings } : (newest?.judgement ?? null);
}

interface Draft {
  readonly judgement: UnfinishedJudgement;
  readonly snapshot: Snapshot;
}

/** Unsaved work with its findings on this snapshot. */
export async function draftOn(snapshot: Snapshot, draft: Draft | null): Promise<UnfinishedJudgement | null> {
  const findings = draft?.judgement.findings;
  if (!draft || !findings || draft.snapshot.text === snapshot.text) return draft?.judgement ?? null;
  return { ...draft.judgement, findings: await carried(findings, draft.snapshot.text, snapshot.text) };
}
