import { describe, expect, it } from 'vitest';
import { traceAgain, traceIn, traceWords } from '../../../utils/review/trace-id.ts';

const id = '5b8efff798038103d269b633813fc60c';
const span = 'eee19b7ec3c1b174';
const run = '0192f0c4-7a3e-7b11-9d2e-0c5a4a0f1b22';
const other = '0192f0c4-7a3e-7b11-9d2e-0c5a4a0f1b99';

describe('a trace that a person gives', () => {
  it.each([
    ['an id', id, { id }],
    ['an id between blanks', `  ${id}\n`, { id }],
    ['an id and its span', `${id} ${span}`, { id, span }],
    ['the header of W3C Trace Context', `00-${id}-${span}-01`, { id, span }],
    ['nothing', '   ', null],
    ['a sentence', 'the one from yesterday', undefined],
    ['dots', '..', undefined],
    ['markup', '<img src=x>', undefined],
    ['what is too long', 'a'.repeat(129), undefined],
  ])('given %s', (_, typed, expected) => {
    expect(traceIn(typed)).toEqual(expected);
  });

  it.each([
    ['Langfuse', `https://cloud.langfuse.com/project/clx1/traces/${id}?observation=${span}`, { id, span }],
    ['Langfuse, in its table', `https://cloud.langfuse.com/project/clx1/traces?peek=${id}&timestamp=2026`, { id }],
    [
      'LangSmith',
      `https://smith.langchain.com/o/a1/projects/p/b2/r/${run}?trace_id=${other}`,
      { id: other, span: run },
    ],
    ['LangSmith, the run alone', `https://smith.langchain.com/o/a1/projects/p/b2/r/${run}`, { id: run }],
    ['LangSmith, in its table', `https://smith.langchain.com/o/a1/p/b2?peek=${run}&peeked_trace=${run}`, { id: run }],
    ['Phoenix', `http://localhost:6006/projects/UHJvamVjdDox/traces/${id}?selectedSpanNodeId=U3BhbjoxNQ==`, { id }],
    ['MLflow', `http://localhost:5000/#/experiments/1/traces?selectedEvaluationId=tr-${id}`, { id: `tr-${id}` }],
    [
      'Opik',
      `https://www.comet.com/opik/team/projects/${other}/traces?trace=${run}&span=${other}`,
      { id: run, span: other },
    ],
    ['Braintrust', `https://www.braintrust.dev/app/team/p/Chat/logs?r=${run}&s=${other}`, { id: run, span: other }],
    ['Jaeger', `http://localhost:16686/trace/${id}`, { id }],
    ['a page of no trace', 'https://cloud.langfuse.com/project/clx1/traces', undefined],
    ['a page named like one', 'https://example.com/traces/overview', undefined],
    ['an id that would lead elsewhere', 'https://example.com/?trace_id=../../admin', undefined],
    ['no address at all', 'https://', undefined],
  ])('given a link of %s', (_, link, expected) => {
    expect(traceIn(link)).toEqual(expected);
  });

  it('is read again from the words that show it', () => {
    for (const trace of [{ id }, { id, span }]) expect(traceIn(traceWords(trace))).toEqual(trace);
    expect(traceWords(null)).toBe('');
  });
});

describe('an answer that is judged again', () => {
  const text = 'Refunds take 14 days.';
  const before = { text, trace: { id, byHand: true as const } };

  it('keeps what a person said of its trace, whatever the page says', () => {
    expect(traceAgain({ text, trace: { id: run } }, before)).toEqual(before.trace);
    expect(traceAgain({ text }, before)).toEqual(before.trace);
  });

  it('takes what the page says now over what it said before, and that over nothing', () => {
    const read = { text, trace: { id } };
    expect(traceAgain({ text, trace: { id: run } }, read)).toEqual({ id: run });
    expect(traceAgain({ text }, read)).toEqual({ id });
  });

  it('given another text, takes nothing over: that is another run', () => {
    expect(traceAgain({ text: 'Refunds take 30 days.' }, before)).toBeUndefined();
  });

  it('believes no page that a person said so', () => {
    expect(traceAgain(before, undefined)).toEqual({ id });
  });
});
