import { useState } from 'preact/hooks';
import { LateDisclosure } from '../../controls/disclosure.tsx';
import { TextInput } from '../../controls/text-input.tsx';
import { countWords } from '../../workbench/wording.ts';
import { Section } from '../section.tsx';
import { type RuleActions, RuleRow } from './rule-row.tsx';
import type { Origin, RuleEntry } from './types.ts';

interface RuleListProps extends RuleActions {
  readonly rules: readonly RuleEntry[];
}

const groups: readonly { readonly origin: Origin; readonly title: string }[] = [
  { origin: 'user', title: 'Yours' },
  { origin: 'team', title: 'From the team' },
  { origin: 'bundled', title: 'With the program' },
];

/** So many rules can be seen at a glance; with more, one may search. */
const FEW = 8;

const matches = ({ name, id, where }: RuleEntry, wanted: string) =>
  `${name} ${id} ${where}`.toLowerCase().includes(wanted.trim().toLowerCase());

interface GroupProps extends RuleListProps {
  readonly title: string;
  readonly folded: boolean;
}

function Group({ title, rules, folded, ...actions }: GroupProps) {
  if (rules.length === 0) return null;
  const head = (
    <h3>
      {title} <span class="quiet st-number">{rules.length}</span>
    </h3>
  );
  const rows = () => (
    <ul class="st-rows">
      {rules.map((rule) => (
        <RuleRow key={rule.id} rule={rule} {...actions} />
      ))}
    </ul>
  );
  return folded ? (
    <LateDisclosure summary={head}>{rows}</LateDisclosure>
  ) : (
    <div class="st-group">
      {head}
      {rows()}
    </div>
  );
}

/** All rules, by who made them. */
export function RuleList({ rules, ...actions }: RuleListProps) {
  const [wanted, setWanted] = useState('');
  const found = rules.filter((rule) => matches(rule, wanted));
  return (
    <Section
      id="rules"
      title="Rules"
      about="A rule says where a site puts its messages. Yours count before the team’s, the team’s before those that come with the program. Without a rule, Countersign reads the signs on the page."
    >
      {rules.length > FEW && (
        <TextInput
          kind="search"
          label="Search rules"
          placeholder={`Search ${countWords(rules.length, 'rule')} by name or address`}
          value={wanted}
          onInput={setWanted}
        />
      )}
      {groups.map(({ origin, title }) => (
        <Group
          key={origin}
          title={title}
          rules={found.filter((rule) => rule.origin === origin)}
          // The many that nobody has to look after are out of the way, until somebody looks for one.
          folded={origin === 'bundled' && wanted.trim() === ''}
          {...actions}
        />
      ))}
      {found.length === 0 && (
        <p class="quiet" role="status">
          No rule has “{wanted.trim()}” in its name or address.
        </p>
      )}
    </Section>
  );
}
