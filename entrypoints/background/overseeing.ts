/** What the team's policies say when a judgement is stored: refuses what they do not allow, and notes what the review keeps of it. */
import { fail } from '../../utils/errors.ts';
import type { PolicyHit } from '../../utils/review/policy.ts';
import type { Project } from '../../utils/review/project.ts';
import type { Judgement, Oversight, ReviewDraft } from '../../utils/review/schema.ts';
import { policySubject } from '../../utils/triage/policy-subject.ts';
import { policingOf } from './policing.ts';
import type { Room } from './room.ts';

const folded = (name: string | null | undefined) => name?.trim().normalize('NFKC').toLowerCase() ?? '';

const saysWhy = ({ comment, findings = [] }: Judgement) =>
  Boolean(comment?.trim()) || findings.some(({ note }) => note?.trim());

/** Throws `incomplete` with the policy's words for the reviewer, and the path of what is missing. */
function refuse({ id, words }: PolicyHit, { policies = [] }: Project, field: string, next: string): never {
  const help = policies.find((policy) => policy.id === id)?.help;
  return fail('incomplete', { field, message: `Not saved: ${words}${help ? ` ${help}` : ''}`, next });
}

/** Refuses what a policy does not allow. A draft reply was decided about at its gate, which asked for all of this. */
function failUnlessAllowed(
  { judgement, oversight }: ReviewDraft,
  hits: readonly PolicyHit[],
  project: Project,
  reviewer: string | null,
): void {
  const { verdict } = judgement;
  for (const hit of hits) {
    if (hit.demand === 'forbid' && verdict === 'approve')
      refuse(hit, project, 'judgement.verdict', 'Correct the answer, or reject it.');
    if (hit.demand === 'reason' && !saysWhy(judgement))
      refuse(hit, project, 'judgement.comment', 'Say why, in the comment or in the note of a finding.');
    // What nobody will use needs nobody's agreement.
    if (hit.demand !== 'approver' || verdict === 'reject' || verdict === 'unsure') continue;
    const approver = folded(oversight?.approver);
    if (approver === '') refuse(hit, project, 'oversight.approver', 'Name the person who agrees.');
    if (approver === folded(reviewer))
      refuse(hit, project, 'oversight.approver', 'Name somebody else than yourself: two people have to agree.');
  }
}

/**
 * Which policies apply to this judgement, as its review names them; null for none. Throws `incomplete` where one of them
 * forbids to store it as it is. A policy that cannot be applied has no say.
 */
export async function policiesOn(
  room: Pick<Room, 'database' | 'session' | 'now'>,
  draft: ReviewDraft,
  {
    origin,
    project,
    reviewer,
  }: { readonly origin: string; readonly project: Project; readonly reviewer: string | null },
): Promise<NonNullable<Oversight['policies']> | null> {
  const { hits } = await policingOf(room).apply(policySubject({ ...draft, origin }, room.now()));
  if (draft.surface !== 'composer' && !(await isStored(room, draft))) failUnlessAllowed(draft, hits, project, reviewer);
  return hits.length > 0 ? hits.map(({ id, demand, severity }) => ({ id, demand, severity })) : null;
}

/** This very attempt was stored before, whatever policies say since. */
async function isStored({ database }: Pick<Room, 'database'>, { saveId }: ReviewDraft): Promise<boolean> {
  return (await database.revisions.where('saveId').equals(saveId).count()) > 0;
}
