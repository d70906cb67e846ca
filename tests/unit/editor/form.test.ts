import { describe, expect, it } from 'vitest';
import {
  type Form,
  formOf,
  isComplete,
  judgementOf,
  missingIn,
  noJudgement,
  rated,
  sameJudgement,
  withCorrection,
  withLabel,
  withVerdict,
} from '../../../utils/editing/form.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import { aJudgement } from '../../support/builders.ts';

const answer = 'Refunds take 14 days.';
const empty = formOf(noJudgement, answer);

describe('the form of a judgement', () => {
  it('starts with the text of the answer, and is no judgement yet', () => {
    expect(empty.correction).toBe(answer);
    expect(judgementOf(empty, answer)).toEqual(noJudgement);
  });

  it('shows a stored judgement, and says the same again', () => {
    const stored = aJudgement({ comment: 'See the policy.' });
    expect(judgementOf(formOf(stored, answer), answer)).toEqual(stored);
  });

  it('does not take the line ends of a text field for a correction', () => {
    const windows = 'Refunds take\r\n14 days.\r';
    const form = formOf(noJudgement, windows);
    expect(form.correction).toBe('Refunds take\n14 days.\n');
    expect(judgementOf(form, windows).correction).toBeNull();
  });

  it('stores neither an emptied correction nor a blank comment', () => {
    const form: Form = { ...empty, verdict: 'unsure', correction: ' \n', comment: '  ' };
    expect(judgementOf(form, answer)).toMatchObject({ correction: null, comment: null });
  });
});

describe('the verdict', () => {
  it('becomes "correct" once the text is changed, and is open again once it is changed back', () => {
    const typed = withCorrection(empty, 'Refunds take 30 days.', answer);
    expect(typed.verdict).toBe('correct');
    expect(withCorrection(typed, answer, answer).verdict).toBeNull();
  });

  it('stays what the reviewer picked, whatever is typed', () => {
    const rejected = withVerdict(empty, 'reject');
    expect(withCorrection(rejected, 'Refunds take 30 days.', answer).verdict).toBe('reject');
    const picked = withVerdict(withCorrection(empty, 'Refunds take 30 days.', answer), 'approve');
    expect(withCorrection(picked, 'Refunds take 31 days.', answer).verdict).toBe('approve');
  });

  it('stays a stored rejection while a correction is added to it', () => {
    const form = formOf(aJudgement({ verdict: 'reject', correction: null }), answer);
    expect(withCorrection(form, 'Refunds take 30 days.', answer).verdict).toBe('reject');
  });
});

describe('labels and ratings', () => {
  it('keep the order of the rubric, however they were put on', () => {
    const labels = defaultRubric.labels;
    const form = withLabel(withLabel(empty, 'tone', labels), 'wrong', labels);
    expect(form.labels).toEqual(['wrong', 'tone']);
    expect(withLabel(form, 'wrong', labels).labels).toEqual(['tone']);
  });

  it('keep a label that the rubric no longer has, until it is taken off', () => {
    const form = formOf(aJudgement({ labels: ['retired'] }), answer);
    const more = withLabel(form, 'wrong', defaultRubric.labels);
    expect(more.labels).toEqual(['wrong', 'retired']);
    expect(withLabel(more, 'retired', defaultRubric.labels).labels).toEqual(['wrong']);
  });

  it('hold one value per dimension, and none once it is cleared', () => {
    const twice = rated(rated([], 'quality', 4), 'quality', 2);
    expect(twice).toEqual([{ dimension: 'quality', value: 2 }]);
    expect(rated(twice, 'quality', null)).toEqual([]);
  });
});

describe('what is missing', () => {
  it('is a verdict, then a correction where the verdict says that there is one', () => {
    expect(missingIn(noJudgement)).toBe('verdict');
    expect(missingIn(judgementOf(withVerdict(empty, 'correct'), answer))).toBe('correction');
    expect(isComplete(judgementOf(withVerdict(empty, 'approve'), answer))).toBe(true);
  });

  it('does not depend on the order of labels when two judgements are compared', () => {
    const one = aJudgement({ labels: ['wrong', 'tone'] });
    expect(sameJudgement(one, { ...one, labels: ['tone', 'wrong'] })).toBe(true);
    expect(sameJudgement(one, { ...one, labels: ['tone'] })).toBe(false);
    expect(sameJudgement(one, { ...one, ratings: [{ dimension: 'quality', value: 3 }] })).toBe(false);
  });
});
