/** Where the findings of a stored review lie on the page now. */
import { fail } from '../../../utils/errors.ts';
import type { Handlers } from '../../../utils/messaging/server.ts';
import { reviewOn } from '../../../utils/storage/marks.ts';
import type { Room } from '../room.ts';

/** ms after which the answer is given up: the page asks again when it changes. */
const PATIENCE_MS = 3_000;

export const findingHandlers = ({
  database,
  sites,
  lent,
  isPaused,
}: Room): Pick<Handlers['content'], 'anchorFindings'> => ({
  async anchorFindings({ responseKey, text }, from) {
    if (!(await sites.isOn(from.origin)) && (!(await lent.covers(from)) || (await isPaused()))) fail('off');
    const review = await reviewOn(database, from.origin, responseKey);
    const findings = review?.judgement.findings ?? [];
    if (!review || findings.length === 0) return { findings: [], orphans: 0 };
    const { anchorInSlices } = await import('../../../utils/anchoring/index.ts');
    const anchored = await anchorInSlices(review.snapshot.text, findings, text, AbortSignal.timeout(PATIENCE_MS));
    if (!anchored) return fail('busy');
    const severities = new Map(findings.map(({ id, severity }) => [id, severity]));
    return {
      findings: anchored.placed.map((place) => ({ ...place, severity: severities.get(place.id) ?? 'minor' })),
      orphans: anchored.orphans.length,
    };
  },
});
