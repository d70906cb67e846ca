import './condition-fields.css';
import type { ReviewQuery } from '../../utils/review/query.ts';
import type { Label } from '../../utils/review/rubric.ts';
import { Button } from '../controls/button.tsx';
import { Field } from '../controls/field.tsx';
import { Select } from '../controls/select.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { verdictOrder, verdicts } from '../review/verdicts.ts';
import { type Condition, deliveryNames, withCondition } from './conditions.ts';
import { siteName } from './wording.ts';

export interface ConditionFieldsProps {
  readonly query: ReviewQuery;
  /** Origins that have reviews. */
  readonly sites: readonly string[];
  readonly labels: readonly Label[];
  readonly onChange: (query: ReviewQuery) => void;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** One field per condition; each takes effect at once. */
export function ConditionFields({ query, sites, labels, onChange }: ConditionFieldsProps) {
  const set = (name: Condition) => (value: string) => onChange(withCondition(query, name, value));
  const choices: readonly (readonly [Condition, string, readonly Option[]])[] = [
    ['verdict', 'Verdict', verdictOrder.map((value) => ({ value, label: verdicts[value].done }))],
    ['label', 'Label', labels.map(({ id, name }) => ({ value: id, label: name }))],
    ['site', 'Site', sites.map((site) => ({ value: site, label: siteName(site) }))],
    ['delivery', 'Delivery', Object.entries(deliveryNames).map(([value, label]) => ({ value, label }))],
  ];
  const { search, ...conditions } = query;
  return (
    <>
      {choices.map(([name, words, options]) => (
        <Field key={name} label={words} htmlFor={`by-${name}`}>
          <Select
            id={`by-${name}`}
            value={query[name] ?? ''}
            options={[{ value: '', label: 'Any' }, ...options]}
            onPick={set(name)}
          />
        </Field>
      ))}
      <Field label="From" htmlFor="by-from">
        <TextInput id="by-from" kind="date" value={query.from ?? ''} onInput={set('from')} />
      </Field>
      <Field label="Until" htmlFor="by-until">
        <TextInput id="by-until" kind="date" value={query.until ?? ''} onInput={set('until')} />
      </Field>
      <Button
        kind="quiet"
        disabled={Object.keys(conditions).length === 0}
        onPress={() => onChange(search === undefined ? {} : { search })}
      >
        Clear filters
      </Button>
    </>
  );
}
