/** A judgement as the results of an annotation: only controls that the project has, only values that they can take. */
import type { Finding, Preference } from '../../review/schema.ts';
import type { ReviewEvent } from '../../review/wire.ts';
import type { Assessment } from '../assessments.ts';
import { tell } from '../mapping.ts';
import type { Control, Labeling } from './labeling.ts';

/** One entry of an annotation's `result`. */
interface ResultItem {
  readonly id: string;
  readonly from_name: string;
  readonly to_name: string;
  readonly type: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly meta?: { readonly text: readonly string[] };
}

interface Results {
  readonly result: readonly ResultItem[];
  /** Parts of the judgement that no control took, or that one took in part only. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/** Results with ids that begin so are the reviewer's: the annotation that holds one is found again by it. */
export const MARK = 'countersign-';

/** Items for one part, and whether they say all of it. */
interface Said {
  readonly said: readonly ResultItem[];
  readonly whole: boolean;
}

const item = ({ tag, name, toName }: Control, value: Readonly<Record<string, unknown>>): ResultItem => ({
  id: `${MARK}${name}`,
  from_name: name,
  to_name: toName[0] ?? '',
  type: tag.toLowerCase(),
  value,
});

const one = (control: Control, value: Readonly<Record<string, unknown>>, whole = true): Said => ({
  said: [item(control, value)],
  whole,
});

/** Verdict, labels, ratings and texts; null where the control cannot take the value. */
function sayStatement(control: Control, value: Assessment['value']): Said | null {
  const list = (typeof value === 'object' ? value : [value]).map(String);
  switch (control.tag) {
    case 'TextArea':
      return one(control, { text: [list.join(', ')] });
    case 'Rating':
      return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= (control.maxRating ?? 0)
        ? one(control, { rating: value })
        : null;
    case 'Number':
      return typeof value === 'number' ? one(control, { number: value }) : null;
    case 'Choices': {
      const known = [...new Set(list.flatMap((name) => control.options.get(name) ?? []))];
      if (known.length === 0 || (known.length > 1 && !control.multiple)) return null;
      return one(control, { choices: known }, known.length === list.length);
    }
    default:
      return null;
  }
}

/**
 * Findings as labelled spans. Label Studio counts code points, so that a Python program can slice the text
 * (HumanSignal/label-studio pull request 1559).
 */
function sayFindings(control: Control, findings: readonly Finding[], answerName: string): Said | null {
  if (control.tag !== 'Labels' || control.toName[0] !== answerName) return null;
  const said = findings.flatMap((finding): ResultItem[] => {
    const { id, label, position, quote, note, orphan } = finding;
    const chosen = control.options.get(label ?? '');
    if (orphan || chosen === undefined || position.end <= position.start) return [];
    const value = { start: position.start, end: position.end, text: quote.exact, labels: [chosen] };
    return [{ ...item(control, value), id: `${MARK}${id}`, ...(note ? { meta: { text: [note] } } : {}) }];
  });
  return said.length === 0 ? null : { said, whole: false };
}

/** Which of two compared answers stands left and which right; null where nobody can tell. */
export function sidesOf(
  { toName }: Control,
  { shown }: Preference,
  own: { readonly name: string; readonly responseKey: string },
): readonly [left: Preference['shown'][number], right: Preference['shown'][number]] | null {
  const [first, second] = shown;
  if (!first || !second || shown.length !== 2 || toName.length !== 2) return null;
  const place = toName.indexOf(own.name);
  if (place === -1) return [first, second];
  // The answer under review stands where the project shows it, whatever the reviewer saw first.
  const ownShown = shown.find(({ responseKey }) => responseKey === own.responseKey);
  if (!ownShown) return null;
  const other = ownShown === first ? second : first;
  return place === 0 ? [ownShown, other] : [other, ownShown];
}

function sayPreference(
  control: Control,
  preference: Preference,
  own: { readonly name: string; readonly responseKey: string },
): Said | null {
  const sides = control.tag === 'Pairwise' ? sidesOf(control, preference, own) : null;
  if (!sides || preference.outcome !== 'ranked' || sides[0].rank === sides[1].rank) return null;
  const selected = sides[0].rank < sides[1].rank ? 'left' : 'right';
  // A comparison is about itself: its name stands on both sides.
  return { said: [{ ...item(control, { selected }), to_name: control.name }], whole: false };
}

/** What the project can be told of this review. `answerName`: the tag that shows the answer; `asked`: controls by part. */
export function resultsOf(
  { controls, texts }: Labeling,
  answerName: string,
  asked: ReadonlyMap<string, string>,
  { data }: ReviewEvent,
): Results {
  const own = { name: answerName, responseKey: data.responseKey };
  const spans = data.snapshot.text !== '' && texts.has(answerName);
  const { told, rest } = tell<Control, readonly ResultItem[]>(
    data,
    (name) => controls.find((control) => control.name === name),
    asked,
    {
      statement: sayStatement,
      text: (control, text) => (control.tag === 'TextArea' ? one(control, { text: [text] }) : null),
      findings: (control, findings) => (spans ? sayFindings(control, findings, answerName) : null),
      preference: (control, preference) => sayPreference(control, preference, own),
    },
  );
  return { result: [...told.values()].flat(), rest };
}
