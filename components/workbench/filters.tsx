import { ListFilter, X } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReviewQuery } from '../../utils/review/query.ts';
import type { Label } from '../../utils/review/rubric.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Icon } from '../controls/icon.tsx';
import { Select } from '../controls/select.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { verdictOrder, verdicts } from '../review/verdicts.ts';
import { siteName } from './wording.ts';

interface FiltersProps {
  readonly query: ReviewQuery;
  readonly sites: readonly string[];
  readonly labels: readonly Label[];
  readonly onChange: (query: ReviewQuery) => void;
  /** From the search field down into the list. */
  readonly onLeave: () => void;
}

/** ms of silence after which what was typed is searched. */
const TYPING_MS = 200;

const deliveryNames = {
  pending: 'Waiting',
  delivered: 'Delivered',
  dead: 'Could not be delivered',
  none: 'Not to be delivered',
} as const;

type Condition = Exclude<keyof ReviewQuery, 'search'>;

/** The query without this condition, or with it. */
function withCondition(query: ReviewQuery, name: keyof ReviewQuery, value: string): ReviewQuery {
  const { [name]: _, ...rest } = query;
  return value === '' ? rest : ({ ...rest, [name]: value } as ReviewQuery);
}

/** Each active condition as a chip says it. */
function conditionsOf(query: ReviewQuery, labels: readonly Label[]): { name: Condition; words: string }[] {
  const { site, verdict, label, delivery, from, until } = query;
  const found: [Condition, string | undefined][] = [
    ['verdict', verdict && verdicts[verdict].done],
    ['site', site && siteName(site)],
    ['label', label && (labels.find(({ id }) => id === label)?.name ?? label)],
    ['delivery', delivery && deliveryNames[delivery]],
    ['from', from && `From ${from}`],
    ['until', until && `Until ${until}`],
  ];
  return found.flatMap(([name, words]) => (words === undefined ? [] : [{ name, words }]));
}

/** Search and conditions. The search follows the typing; Escape empties it, then goes back to the list. */
export function Filters({ query, sites, labels, onChange, onLeave }: FiltersProps) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(query.search ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef(query);
  newest.current = query;
  useEffect(() => setTyped(query.search ?? ''), [query.search]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const search = (text: string, after = TYPING_MS) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(withCondition(newest.current, 'search', text.trim())), after);
  };
  const set = (name: Condition) => (value: string) => onChange(withCondition(query, name, value));
  const conditions = conditionsOf(query, labels);
  const any = <T extends string>(word: string, options: readonly { value: T; label: string }[]) => [
    { value: '' as T | '', label: word },
    ...options,
  ];

  return (
    <search class="wb-filters">
      <div class="wb-search">
        <TextInput
          id="search"
          kind="search"
          label="Search answers, prompts, corrections and comments"
          placeholder="Search  /"
          value={typed}
          onInput={(text) => search(text)}
          keys="/"
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'ArrowDown') search(typed, 0);
            else if (event.key !== 'Escape') return;
            else if (typed !== '') search('', 0);
            event.preventDefault();
            if (event.key !== 'Escape' || typed === '') onLeave();
          }}
        />
        <Button icon={ListFilter} expanded={open} controls="conditions" onPress={() => setOpen(!open)}>
          {conditions.length > 0 ? `Filter (${conditions.length})` : 'Filter'}
        </Button>
      </div>
      {!open && conditions.length > 0 && (
        <ul class="wb-chips" aria-label="Active filters">
          {conditions.map(({ name, words }) => (
            <li key={name}>
              <button
                type="button"
                class="cs-chip wb-chip"
                aria-label={`Remove the filter ${words}`}
                onClick={() => set(name)('')}
              >
                <span class="captured">{words}</span>
                <Icon node={X} size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div id="conditions" class="wb-conditions" hidden={!open}>
        <Field label="Verdict" htmlFor="by-verdict">
          <Select
            id="by-verdict"
            value={query.verdict ?? ''}
            options={any(
              'Any',
              verdictOrder.map((value) => ({ value, label: verdicts[value].done })),
            )}
            onPick={set('verdict')}
          />
        </Field>
        <Field label="Label" htmlFor="by-label">
          <Select
            id="by-label"
            value={query.label ?? ''}
            options={any(
              'Any',
              labels.map(({ id, name }) => ({ value: id, label: name })),
            )}
            onPick={set('label')}
          />
        </Field>
        <Field label="Site" htmlFor="by-site">
          <Select
            id="by-site"
            value={query.site ?? ''}
            options={any(
              'Any',
              sites.map((site) => ({ value: site, label: siteName(site) })),
            )}
            onPick={set('site')}
          />
        </Field>
        <Field label="Delivery" htmlFor="by-delivery">
          <Select
            id="by-delivery"
            value={query.delivery ?? ''}
            options={any(
              'Any',
              Object.entries(deliveryNames).map(([value, label]) => ({ value, label })),
            )}
            onPick={set('delivery')}
          />
        </Field>
        <Field label="From" htmlFor="by-from">
          <TextInput id="by-from" kind="date" value={query.from ?? ''} onInput={set('from')} />
        </Field>
        <Field label="Until" htmlFor="by-until">
          <TextInput id="by-until" kind="date" value={query.until ?? ''} onInput={set('until')} />
        </Field>
        <Button
          kind="quiet"
          disabled={conditions.length === 0}
          onPress={() => onChange(query.search === undefined ? {} : { search: query.search })}
        >
          Clear filters
        </Button>
      </div>
    </search>
  );
}
