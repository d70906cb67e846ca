// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { DiffView, diffSentence } from '../../../components/review/diff-view.tsx';
import { diffText } from '../../../utils/review/diff.ts';

afterEach(cleanup);

describe('the diff view', () => {
  it('marks what went and what came', () => {
    const { container } = render(<DiffView diff={diffText('Refunds take 14 days.', 'Refunds take 30 days.')} />);
    expect(container.querySelector('del')?.textContent).toBe('14');
    expect(container.querySelector('ins')?.textContent).toBe('30');
    expect(screen.getByRole('region', { name: 'Changes' }).textContent).toBe('Refunds take 1430 days.');
  });

  it('shows markup of the page as text', () => {
    const hostile = '<img src=x onerror=alert(1)> & <b>bold</b>';
    const { container } = render(<DiffView diff={diffText(hostile, `${hostile} more`)} />);
    expect(container.querySelector('img, b')).toBeNull();
    expect(container.textContent).toContain(hostile);
  });

  it('opens what it folded away', () => {
    const text = 'some words that stayed. '.repeat(100);
    const { container } = render(<DiffView diff={diffText(text, `New. ${text}`)} />);
    expect(container.textContent).not.toContain(text);
    fireEvent.click(screen.getByRole('button', { name: /unchanged characters/ }));
    expect(container.textContent).toContain(text);
  });

  it('draws a part of very many changes, and more on request', () => {
    const words = Array.from({ length: 3_000 }, (_, i) => `w${i}`);
    const before = words.join(' ');
    const after = words.map((word, i) => (i % 3 === 0 ? `n${i}` : word)).join(' ');
    const { container } = render(<DiffView diff={diffText(before, after)} />);
    const drawn = container.querySelectorAll('ins').length;
    expect(drawn).toBeLessThan(300);
    fireEvent.click(screen.getByRole('button', { name: 'Show more changes' }));
    expect(container.querySelectorAll('ins').length).toBeGreaterThan(drawn);
  });
});

describe('the sentence about a diff', () => {
  it.each([
    ['a b c d', 'a b c d', 'Nothing changed yet'],
    ['aaaa bbbb cccc dddd eeee', 'aaaa xxxx cccc dddd eeee', '1 word added · 1 word removed · 83 % kept'],
    ['abc', 'xyz', '1 word added · 1 word removed · 0 % kept'],
    [`${'word '.repeat(1000)}end`, `${'word '.repeat(1000)}and`, '1 word added · 1 word removed · 99 % kept'],
    ['the end', 'the end of it', '2 words added · 0 words removed · 100 % kept'],
  ])('of %.20s and %.20s is "%s"', (before, after, sentence) => {
    expect(diffSentence(diffText(before, after))).toBe(sentence);
  });
});
