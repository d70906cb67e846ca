// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerId } from '../../../components/editor/answer-field.tsx';
import { RubricFields } from '../../../components/editor/rubric-fields.tsx';
import { noJudgement } from '../../../utils/editing/form.ts';
import type { Rubric } from '../../../utils/review/rubric.ts';
import { type Asked, problemsOf } from '../../../utils/review/rubric-use.ts';
import type { Value } from '../../../utils/review/scale.ts';
import { aDimension, aLabel, aRubric } from '../../support/projects.ts';

afterEach(cleanup);

const yesNo = [
  { id: 'yes', name: 'Yes' },
  { id: 'no', name: 'No' },
];
const guidelines = {
  version: '4',
  clauses: [{ id: 'c', title: 'Say sorry once', text: 'Not three times.', labels: ['tone'] }],
};

interface FormProps {
  readonly rubric: Rubric;
  readonly start: Asked;
  readonly earlierRubrics: readonly Rubric[];
  readonly onChange: (form: Asked) => void;
}

/** The fields with a form behind them. */
function Form({ rubric, start, earlierRubrics, onChange }: FormProps) {
  const [form, setForm] = useState(start);
  onChange(form);
  const { labels, ratings } = form;
  const rate = (dimension: string, value: Value | null) => {
    const others = ratings.filter((rating) => rating.dimension !== dimension);
    setForm({ ...form, ratings: value === null ? others : [...others, { dimension, value }] });
  };
  const reason = (dimension: string, text: string) =>
    setForm({
      ...form,
      ratings: ratings.map((rating) => (rating.dimension === dimension ? { ...rating, reason: text } : rating)),
    });
  const toggleLabel = (id: string) =>
    setForm({ ...form, labels: labels.includes(id) ? labels.filter((each) => each !== id) : [...labels, id] });
  const judgement = { ...noJudgement, verdict: form.verdict, labels: [...labels], ratings: [...ratings] };
  const problems = problemsOf(judgement, rubric);
  const on = { rate, reason, toggleLabel };
  return <RubricFields {...{ rubric, earlierRubrics, guidelines, problems, on }} fields={form} guideKey="g" />;
}

/** Shows the fields; answers what the form holds. */
function shown(rubric: Rubric, change: Partial<Asked> = {}, earlierRubrics: readonly Rubric[] = []) {
  const start: Asked = { verdict: null, labels: [], ratings: [], ...change };
  let held = start;
  const onChange = (form: Asked) => {
    held = form;
  };
  render(<Form {...{ rubric, start, earlierRubrics, onChange }} />);
  return () => held;
}

const one = (scale: Rubric['dimensions'][number]['scale'], change = {}) =>
  aRubric({ dimensions: [aDimension({ scale, ...change })], labels: [aLabel({ id: 'tone', name: 'Tone' })] });

describe('a question', () => {
  it.each<[string, Parameters<typeof one>[0], string, string, Value]>([
    ['a thumb', { kind: 'thumb' }, 'radio', 'Thumb down', 'down'],
    ['five points', { kind: 'points', max: 5, ends: ['bad', 'good'] }, 'radio', '5, good', 5],
    ['seven points', { kind: 'points', max: 7, ends: ['bad', 'good'] }, 'radio', '7, good', 7],
    ['one of a list', { kind: 'choice', options: yesNo }, 'radio', 'No', 'no'],
    ['some of a list', { kind: 'choices', options: yesNo }, 'button', 'No', ['no']],
  ])('is answered with %s', async (_, scale, role, name, value) => {
    const held = shown(one(scale));
    fireEvent.click(screen.getByRole(role, { name }));
    expect(held().ratings).toEqual([{ dimension: 'quality', value }]);
  });

  it('is answered in words, and with a number as it is typed', () => {
    const words = shown(one({ kind: 'text' }));
    fireEvent.input(screen.getByLabelText('Quality'), { target: { value: 'By Thursday' } });
    expect(words().ratings[0]?.value).toBe('By Thursday');
    fireEvent.input(screen.getByLabelText('Quality'), { target: { value: '  ' } });
    expect(words().ratings).toEqual([]);
    cleanup();

    const number = shown(one({ kind: 'number', min: 0, max: 10, unit: 'days' }));
    const field = () => document.getElementById(answerId('quality')) as HTMLInputElement;
    fireEvent.input(field(), { target: { value: '2,5' } });
    expect(number().ratings[0]?.value).toBe(2.5);
    fireEvent.input(field(), { target: { value: '99' } });
    expect(screen.getByText('“Quality” is a number from 0 to 10.')).toBeTruthy();
    fireEvent.input(field(), { target: { value: '-' } });
    expect([number().ratings, field().value]).toEqual([[], '-']);
  });

  it('asks for a reason where its answer needs one', () => {
    const held = shown(one({ kind: 'points', max: 5, ends: ['bad', 'good'] }, { reasonFor: [1] }));
    expect(screen.queryByLabelText('Why “1 of 5”?')).toBeNull();
    fireEvent.click(screen.getByRole('radio', { name: '1, bad' }));
    fireEvent.input(screen.getByLabelText('Why “1 of 5”?'), { target: { value: 'Rude.' } });
    expect(held().ratings).toEqual([{ dimension: 'quality', value: 1, reason: 'Rude.' }]);
  });

  it('comes with the answer that opens it', () => {
    const rubric = aRubric({
      dimensions: [aDimension({ id: 'more', name: 'More', required: true, shownWhen: { labels: ['tone'] } })],
      labels: [aLabel({ id: 'tone', name: 'Tone' })],
    });
    shown(rubric);
    expect(screen.queryByRole('radiogroup', { name: 'More' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /Tone/ }));
    expect(screen.getByRole('radiogroup', { name: 'More' })).toBeTruthy();
    expect(screen.getByText('required')).toBeTruthy();
  });
});

describe('labels', () => {
  it('of an earlier rubric are there by their name, and can be taken off', () => {
    const earlier = aRubric({ version: '0', labels: [aLabel({ id: 'old', name: 'Old name' })] });
    const held = shown(one({ kind: 'thumb' }), { labels: ['old'] }, [earlier]);
    fireEvent.click(screen.getByRole('button', { name: /Old name earlier rubric/ }));
    expect(held().labels).toEqual([]);
  });

  it('say what is critical, and that it cannot be approved', () => {
    const rubric = aRubric({ labels: [aLabel({ id: 'unsafe', name: 'Unsafe', critical: true })] });
    shown(rubric, { verdict: 'approve', labels: ['unsafe'] });
    expect(screen.getByRole('button', { name: /Unsafe critical/ }).getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByText(/is critical: an answer with it cannot be approved/)).toBeTruthy();
  });
});

describe('the guidelines', () => {
  it('are one key away from the control that has the focus, about that control, and give the focus back', async () => {
    shown(one({ kind: 'thumb' }));
    const label = screen.getByRole('button', { name: /Tone/ });
    label.focus();
    fireEvent.keyDown(label, { key: 'g' });
    await vi.waitFor(() => expect(screen.getByText('Not three times.')).toBeTruthy());
    const search = screen.getByRole('searchbox');
    await vi.waitFor(() => expect(document.activeElement).toBe(search));
    fireEvent.input(search, { target: { value: 'nothing has this' } });
    expect(screen.getByText('Nothing has all these words.')).toBeTruthy();
    fireEvent.keyDown(search, { key: 'Escape' });
    expect(screen.queryByRole('searchbox')).toBeNull();
    expect(document.activeElement).toBe(label);
  });

  it('are not opened by a letter that is typed', () => {
    shown(one({ kind: 'text' }));
    fireEvent.keyDown(screen.getByLabelText('Quality'), { key: 'g' });
    expect(screen.queryByRole('searchbox')).toBeNull();
  });
});
