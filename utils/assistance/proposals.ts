/** From what a model said to what a reviewer can take: labels of the rubric, findings on exact words, a correction. */
import type { Label } from '../review/rubric.ts';
import type { Redacted } from './redacted.ts';
import type { Reply } from './reply.ts';

/** `id` stays while more of the same reply comes in. */
export type Proposal =
  | { readonly kind: 'label'; readonly id: string; readonly label: string; readonly name: string }
  | {
      readonly kind: 'finding';
      readonly id: string;
      /** As it stands in the answer, or as the model put it where it does not. */
      readonly quote: string;
      /** [start, end) in UTF-16 code units of the answer; else why it cannot be taken. */
      readonly place: { readonly start: number; readonly end: number } | 'gone' | 'ambiguous';
      readonly label: string | null;
      readonly note: string | null;
      readonly replacement: string | null;
    }
  | { readonly kind: 'correction'; readonly id: string; readonly text: string };

interface About {
  readonly text: string;
  readonly labels: readonly Label[];
  readonly redacted: Pick<Redacted, 'restored' | 'placeOf'>;
}

const filled = (text: string | null | undefined) => (text?.trim() ? text : null);

/** What the reply proposes about this answer. Labels that the rubric does not have, and a correction that changes nothing, are left out. */
export function proposalsOf(reply: Reply, { text, labels, redacted }: About): Proposal[] {
  const known = new Map(labels.map((label) => [label.id, label]));
  const { restored, placeOf } = redacted;
  const ofLabels = reply.labels.flatMap((id): Proposal[] => {
    const label = known.get(id);
    return label ? [{ kind: 'label', id: `label ${id}`, label: id, name: label.name }] : [];
  });
  const ofFindings = reply.findings.map(({ quote, label, note, replacement }, index): Proposal => {
    const place = placeOf(quote);
    return {
      kind: 'finding',
      id: `finding ${index}`,
      quote: typeof place === 'string' ? restored(quote) : text.slice(place.start, place.end),
      place,
      label: label && known.has(label) ? label : null,
      note: filled(note) && restored(note as string),
      // An empty one takes the words out.
      replacement: replacement === null || replacement === undefined ? null : restored(replacement),
    };
  });
  const correction = filled(reply.correction) && restored(reply.correction as string);
  const changes = correction !== null && correction.trim() !== text.trim();
  return [
    ...ofLabels,
    ...ofFindings,
    ...(changes ? [{ kind: 'correction', id: 'correction', text: correction } as const] : []),
  ];
}
