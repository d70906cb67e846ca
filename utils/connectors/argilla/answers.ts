/** A judgement as answers to a dataset's questions: only questions that are there, only values that they can take. */
import type { Finding, Preference } from '../../review/schema.ts';
import type { ReviewEvent } from '../../review/wire.ts';
import type { Assessment } from '../assessments.ts';
import { tell } from '../mapping.ts';
import type { Dataset, Question } from './dataset.ts';

interface Answers {
  /** By the names of questions, as `values` of a response. */
  readonly values: Readonly<Record<string, { readonly value: unknown }>>;
  /** Parts of the judgement that no question took, or that one took in part only. */
  readonly rest: Readonly<Record<string, unknown>>;
  /** Names of required questions that the judgement does not answer. */
  readonly missing: readonly string[];
}

/** Part of the judgement is not said by the answer. */
interface Answer {
  readonly said: unknown;
  readonly whole: boolean;
}

const optionsOf = ({ settings }: Question) => (settings.options ?? []).map(({ value }) => value);

/** Verdict, labels, ratings and texts; null where the question cannot take the value. */
function answerStatement(question: Question, value: Assessment['value']): Answer | null {
  const list = (typeof value === 'object' ? value : [value]).map(String);
  const options = optionsOf(question);
  const known = list.filter((one) => options.includes(one));
  const whole = known.length === list.length;
  switch (question.settings.type) {
    case 'text':
      return { said: list.join(', '), whole: true };
    case 'rating':
      return typeof value === 'number' && options.includes(value) ? { said: value, whole: true } : null;
    case 'label_selection':
      return known.length === 1 ? { said: known[0], whole } : null;
    case 'multi_label_selection':
      return known.length > 0 ? { said: [...new Set(known)], whole } : null;
    default:
      return null;
  }
}

/**
 * Findings as spans. Argilla's page counts UTF-16 code units and its server, which checks the end of a span against the
 * text's length, counts code points (argilla-io/argilla issue 5729): a span is sent as the page shows it, and left out
 * where the server would refuse it. Spans do not overlap unless the question allows it.
 */
function answerFindings(
  { settings }: Question,
  findings: readonly Finding[],
  text: string,
  field: string,
): Answer | null {
  if (settings.type !== 'span' || settings.field !== field) return null;
  const length = [...text].length;
  const options = (settings.options ?? []).map(({ value }) => value);
  const spans: { label: string; start: number; end: number }[] = [];
  for (const { label, utf16, orphan } of findings) {
    const { start, end } = utf16;
    if (orphan || label === null || !options.includes(label) || end <= start || end > length) continue;
    const overlaps = spans.some((other) => start < other.end && other.start < end);
    if (settings.allow_overlapping || !overlaps) spans.push({ label, start, end });
  }
  return spans.length === 0 ? null : { said: spans, whole: false };
}

/** Ranks of the answers in the order in which they were shown: the first option stands for A. */
function answerPreference(question: Question, { shown, outcome }: Preference): Answer | null {
  const options = optionsOf(question);
  if (question.settings.type !== 'ranking' || options.length !== shown.length || outcome === 'both-bad') return null;
  if (shown.some(({ rank }) => rank > shown.length)) return null;
  return { said: shown.map(({ rank }, index) => ({ value: options[index], rank })), whole: false };
}

/** What `dataset` can be told of this review. */
export function answersTo({ answerField, questions, asked }: Dataset, { data }: ReviewEvent): Answers {
  const { told, rest } = tell<Question, unknown>(
    data,
    (wanted) => questions.find(({ name }) => name === wanted),
    asked,
    {
      statement: answerStatement,
      text: ({ settings }, text) => (settings.type === 'text' ? { said: text, whole: true } : null),
      findings: (question, findings) => answerFindings(question, findings, data.snapshot.text, answerField),
      preference: answerPreference,
    },
  );
  const missing = questions.filter(({ name, required }) => required && !told.has(name));
  return {
    values: Object.fromEntries([...told].map(([name, value]) => [name, { value }])),
    rest,
    missing: missing.map(({ name }) => name),
  };
}
