import { useEffect, useState } from 'preact/hooks';
import type { ReviewQuery } from '../../utils/review/query.ts';
import { Confirm } from '../controls/confirm.tsx';
import { Field } from '../controls/field.tsx';
import { Select } from '../controls/select.tsx';
import { Switch } from '../controls/switch.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { Section } from '../settings/section.tsx';
import { withCondition } from '../workbench/conditions.ts';
import { countWords, siteName } from '../workbench/wording.ts';

interface ForgettingProps {
  readonly sites: readonly string[];
  /** How many reviews the query means; null where the count was stopped. */
  readonly count: (query: ReviewQuery, stop: AbortSignal) => Promise<number | null>;
  readonly onForget: (query: ReviewQuery, everywhere: boolean) => Promise<void>;
  /** There is a destination that may have been given some. */
  readonly anyDestination: boolean;
  /** The list of what the query means. */
  readonly linkTo: (query: ReviewQuery) => string;
}

/** ms after the last key before it is counted. */
const PAUSE_MS = 250;

function foundWords(query: ReviewQuery, found: number | null): string {
  if (Object.keys(query).length === 0) return 'Say which reviews: by a text in them, a site, or days.';
  if (found === null) return 'Counting';
  return found === 0 ? 'No review fits.' : `${countWords(found, 'review fits', 'reviews fit')}.`;
}

/** Deletes what is found by text, site or days; says first how many that is. */
export function Forgetting({ sites, count, onForget, anyDestination, linkTo }: ForgettingProps) {
  const [query, setQuery] = useState<ReviewQuery>({});
  const [found, setFound] = useState<number | null>(null);
  const [everywhere, setEverywhere] = useState(true);
  const [busy, setBusy] = useState(false);
  const empty = Object.keys(query).length === 0;
  useEffect(() => {
    setFound(null);
    if (empty) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const number = await count(query, stop.signal);
      if (!stop.signal.aborted) setFound(number);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query, count, empty]);
  const change = (name: keyof ReviewQuery, value: string) => setQuery(withCondition(query, name, value));
  const forget = async () => {
    setBusy(true);
    await onForget(query, everywhere);
    setBusy(false);
    setQuery({});
  };
  const told = anyDestination && everywhere ? ' Destinations that were given any of it are told to delete it too.' : '';
  return (
    <Section
      id="forgetting"
      title="Delete reviews"
      about="Deleting removes them from the extension with their whole history and what still waits; it is no secure erasure of the disk. A destination is told to delete; whether it does, only it can say."
    >
      <div class="pv-form">
        <Field
          label="Text in it"
          htmlFor="forget-search"
          hint="In the answer, prompt, correction or comment: a name, a number."
          hintId="forget-search-hint"
        >
          <TextInput
            id="forget-search"
            kind="search"
            value={query.search ?? ''}
            onInput={(value) => change('search', value)}
            maxLength={500}
            describedBy="forget-search-hint"
          />
        </Field>
        <Field label="Site" htmlFor="forget-site">
          <Select
            id="forget-site"
            value={query.site ?? ''}
            options={[
              { value: '', label: 'Any site' },
              ...sites.map((site) => ({ value: site, label: siteName(site) })),
            ]}
            onPick={(value) => change('site', value)}
          />
        </Field>
        <div class="pv-pair">
          <Field label="From" htmlFor="forget-from">
            <TextInput
              id="forget-from"
              kind="date"
              value={query.from ?? ''}
              onInput={(value) => change('from', value)}
            />
          </Field>
          <Field label="Until" htmlFor="forget-until">
            <TextInput
              id="forget-until"
              kind="date"
              value={query.until ?? ''}
              onInput={(value) => change('until', value)}
            />
          </Field>
        </div>
        {anyDestination && (
          <Switch
            label="Delete it at the destinations too"
            hint="Sends each that was given some the id of the review and the word that it was deleted."
            on={everywhere}
            onToggle={setEverywhere}
          />
        )}
        <div class="pv-row">
          <span role="status" class="quiet">
            {busy ? 'Deleting' : foundWords(query, found)}{' '}
            {!busy && found !== null && found > 0 && <a href={linkTo(query)}>Look at {found === 1 ? 'it' : 'them'}</a>}
          </span>
          <Confirm
            question={`Delete ${countWords(found ?? 0, 'review')} with ${found === 1 ? 'its' : 'their'} history? This cannot be undone.${told}`}
            action={`Delete ${countWords(found ?? 0, 'review')}`}
            disabled={busy || empty || !found}
            onConfirm={() => void forget()}
          >
            Delete what fits
          </Confirm>
        </div>
      </div>
    </Section>
  );
}
