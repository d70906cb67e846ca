import { Filter, X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReviewQuery } from '../../utils/review/query.ts';
import type { Label } from '../../utils/review/rubric.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { verdicts } from '../review/verdicts.ts';
import { type Condition, deliveryNames, withCondition } from './conditions.ts';
import { siteName } from './wording.ts';

interface FiltersProps {
  readonly query: ReviewQuery;
  readonly labels: readonly Label[];
  readonly onChange: (query: ReviewQuery) => void;
  /** From the search field down into the list. */
  readonly onLeave: () => void;
  /** The conditions, shown when they are opened. */
  readonly children: ComponentChildren;
}

/** ms of silence after which what was typed is searched. */
const TYPING_MS = 200;

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
export function Filters({ query, labels, onChange, onLeave, children }: FiltersProps) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(query.search ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef(query);
  newest.current = query;
  // What was searched last from here: its coming back as the query must not undo what has been typed since, a space included.
  const searched = useRef(query.search ?? '');
  useEffect(() => {
    const text = query.search ?? '';
    if (text !== searched.current) setTyped(text);
    searched.current = text;
  }, [query.search]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const search = (text: string, after = TYPING_MS) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      searched.current = text.trim();
      onChange(withCondition(newest.current, 'search', searched.current));
    }, after);
  };
  const conditions = conditionsOf(query, labels);

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
        <Button icon={Filter} expanded={open} controls="conditions" onPress={() => setOpen(!open)}>
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
                onClick={() => onChange(withCondition(query, name, ''))}
              >
                <span class="captured">{words}</span>
                <Icon node={X} size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div id="conditions" class="wb-conditions" hidden={!open}>
        {open && children}
      </div>
    </search>
  );
}
