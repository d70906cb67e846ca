import { Section } from '../settings/section.tsx';
import type { Space } from '../settings/types.ts';
import { sizeWords } from '../workbench/measures.ts';
import { numberWords } from '../workbench/wording.ts';

/** How many of each kind lie here. */
interface StoredCounts {
  readonly reviews: number;
  readonly revisions: number;
  readonly drafts: number;
  readonly queued: number;
  readonly pinned: number;
  readonly triaged: number;
  readonly cases: number;
  readonly rules: number;
  readonly authors: number;
  readonly destinations: number;
  readonly owed: number;
  readonly dead: number;
  readonly ledger: number;
}

interface StoredHereProps {
  /** null while it is read. */
  readonly counts: StoredCounts | null;
  readonly space: Space | null;
  /** Memory-only mode is on: reviews and what belongs to them are not on the disk. */
  readonly inMemory: boolean;
}

/** Whether the browser keeps it, in one sentence. */
function keptWords(space: Space | null): string {
  if (space === null) return '';
  const used =
    space.used === null
      ? 'The browser does not tell how much space it takes.'
      : `It takes about ${sizeWords(space.used)}.`;
  const kept = space.persisted
    ? 'The browser has promised not to clear it when the disk is full.'
    : 'The browser was asked to promise to keep it when the disk is full, and did not. Even so it does not clear what an extension with the permission for unlimited storage keeps, which Countersign has; take a backup now and then.';
  return `${used} ${kept}`;
}

/** What lies on this computer, by kind, in words. */
export function StoredHere({ counts, space, inMemory }: StoredHereProps) {
  const rows: readonly (readonly [string, number])[] = counts
    ? [
        ['Reviews, with the answer, your judgement, and the prompt if you keep it', counts.reviews],
        ['Revisions of them, each as it was saved', counts.revisions],
        ['Unsaved drafts', counts.drafts],
        ['Answers set aside or skipped', counts.queued],
        ['Answers pinned to compare', counts.pinned],
        ['Answers looked through for what deserves a look: the reasons, not the text', counts.triaged],
        ['Cases, with the answer and what was said to it', counts.cases],
        ['Site rules of your own or your team', counts.rules],
        ['Names said to be AI or a person', counts.authors],
        ['Destinations, with their token and secret', counts.destinations],
        ['Copies waiting to be delivered, made ready as each destination gets them', counts.owed],
        ['Copies that could not be delivered', counts.dead],
        ['Notes of what was delivered where and when, without text', counts.ledger],
      ]
    : [];
  return (
    <Section
      id="stored-here"
      title="Stored here"
      about={
        inMemory
          ? 'Settings, rules and destinations in this browser profile, on this computer. Whatever you review, only in the browser’s memory, until it closes.'
          : 'In this browser profile, on this computer, readable by whoever can open the profile. Settings are stored too; pages you visit are not, only what you review.'
      }
    >
      <dl class="pv-counts">
        {rows.map(([name, count]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{numberWords(count)}</dd>
          </div>
        ))}
      </dl>
      {!inMemory && <p class="quiet">{keptWords(space)}</p>}
    </Section>
  );
}
