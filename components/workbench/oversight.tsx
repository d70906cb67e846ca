import type { Oversight } from '../../utils/review/schema.ts';

const gateWords: Readonly<Record<NonNullable<Oversight['gate']>['outcome'], string>> = {
  approved: 'approved before it was sent',
  edited: 'edited before it was sent',
  rejected: 'rejected, and not sent',
  overridden: 'sent although a policy held it',
};

const demandWords = {
  review: 'asked for a review',
  forbid: 'forbids what it says',
  reason: 'asked for a reason',
  approver: 'asked for a second person',
} as const;

const editWords = { fact: 'facts', tone: 'tone', policy: 'policy', format: 'format', language: 'language' } as const;
const kindWords = { labels: 'labels', findings: 'findings', correction: 'a correction' } as const;
const percent = (share: number) => `${Math.round(share * 100)} %`;

/** What is known of how people came to look at it, a sentence each; empty where there is nothing. */
function oversightWords({ asked, policies, approver, gate, delta, assistance }: Oversight): string[] {
  const because = asked && asked.reasons.length > 0 ? `: ${asked.reasons.join('; ')}` : '';
  return [
    ...(asked?.audit ? [`Asked for by lot, to audit${because}.`] : []),
    ...(asked && !asked.audit ? [`Asked for, priority ${percent(asked.priority)}${because}.`] : []),
    ...(policies ?? []).map(({ id, demand, severity }) => `Policy ${id} (${severity}) ${demandWords[demand]}.`),
    ...(approver ? [`${approver} agreed.`] : []),
    ...(gate ? [`The draft was ${gateWords[gate.outcome]}${gate.reason ? `: ${gate.reason}` : '.'}`] : []),
    ...(delta
      ? [
          `${percent(delta.kept)} of the draft was sent as it was${
            delta.edits.length > 0 ? `; changed: ${delta.edits.map((edit) => editWords[edit]).join(', ')}` : ''
          }.`,
        ]
      : []),
    ...(assistance ?? []).map(
      ({ kind, model, shown, outcome }) =>
        `${model} proposed ${kindWords[kind]}, ${shown === 'at-once' ? 'shown at once' : 'shown after the own verdict'}: ${outcome}.`,
    ),
  ];
}

/** How people came to look at an answer, in words. */
export function OversightPart({ oversight }: { readonly oversight: Oversight | undefined }) {
  const words = oversight ? oversightWords(oversight) : [];
  if (words.length === 0) return null;
  return (
    <section class="wb-part" aria-labelledby="oversight-title">
      <h3 id="oversight-title">How it came to be judged</h3>
      <ul class="wb-oversight">
        {words.map((sentence) => (
          <li key={sentence} class="captured" dir="auto">
            {sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}
