import { Download } from 'lucide';
import { Button } from '../controls/button.tsx';
import { Confirm } from '../controls/confirm.tsx';
import { sizeWords } from '../workbench/measures.ts';
import { countWords, siteName } from '../workbench/wording.ts';
import { Section } from './section.tsx';
import type { Space } from './types.ts';

interface StoredProps {
  readonly space: Space | null;
  readonly reviews: number;
  readonly undelivered: number;
  /** Origins with their number of reviews. */
  readonly sites: readonly { readonly site: string; readonly reviews: number }[];
  readonly onExport: () => void;
  readonly onDelete: (which: { readonly site: string } | { readonly all: true }) => void;
}

function spaceWords(space: Space | null): string {
  if (space?.used == null) return 'The browser does not tell how much space is used.';
  const of = space.available === null ? '' : ` of ${sizeWords(space.available)} that the browser allows`;
  return `${sizeWords(space.used)} used${of}.`;
}

/** "3 have not been delivered yet", where that is so. */
function loss(undelivered: number): string {
  return undelivered === 0
    ? ''
    : ` ${countWords(undelivered, 'delivery', 'deliveries')} still waiting will not go out.`;
}

/** What lies on this computer, and how to take it out or away. */
export function Stored({ space, reviews, undelivered, sites, onExport, onDelete }: StoredProps) {
  return (
    <Section
      id="stored"
      title="Stored here"
      about="Reviews stay on this computer, in this browser profile, until you delete them. Deleting removes them from the extension; it is no secure erasure of the disk."
    >
      <p>
        {spaceWords(space)}{' '}
        {space?.persisted
          ? 'The browser has promised not to clear it when the disk is full.'
          : 'The browser has not promised to keep it when the disk is full.'}{' '}
        <a href="#/privacy">More on privacy, backups and what has left</a>
      </p>
      {sites.length > 0 && (
        <ul class="st-rows">
          {sites.map(({ site, reviews: count }) => (
            <li key={site} class="st-stored">
              <span class="captured">{siteName(site)}</span>
              <span class="quiet st-number">{countWords(count, 'review')}</span>
              <Confirm
                question={`Delete all ${countWords(count, 'review')} of ${siteName(site)} with their history? This cannot be undone. Destinations that were given any of it are told to delete it too.`}
                action={`Delete ${countWords(count, 'review')}`}
                label={`Delete the reviews of ${siteName(site)}`}
                onConfirm={() => onDelete({ site })}
              >
                Delete
              </Confirm>
            </li>
          ))}
        </ul>
      )}
      <div class="st-line st-line-start">
        <Button icon={Download} disabled={reviews === 0} onPress={onExport}>
          Export all as JSONL
        </Button>
        <Confirm
          question={`Delete ${reviews === 1 ? 'the only review' : `all ${countWords(reviews, 'review')}`} with the whole history? This cannot be undone.${loss(undelivered)} Destinations that were given any of it are told to delete it too.`}
          action={`Delete ${countWords(reviews, 'review')}`}
          disabled={reviews === 0}
          onConfirm={() => onDelete({ all: true })}
        >
          Delete everything
        </Confirm>
      </div>
    </Section>
  );
}
