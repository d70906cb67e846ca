// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { blockStarts, type Mark, segmentsOf } from '../../../components/review/mark-segments.ts';
import { MarkedText, placeInText } from '../../../components/review/marked-text.tsx';

afterEach(cleanup);

const mark = (id: string, start: number, end: number, severity: Mark['severity'] = 'minor'): Mark => ({
  ...{ id, start, end, severity },
  number: Number(id),
});
const text = 'One two three four.';
const drawn = (marks: readonly Mark[], picked: { start: number; end: number } | null = null) =>
  segmentsOf(0, text.length, marks, picked, true).map(({ start, end, ids, severity, isPicked }) =>
    [text.slice(start, end), ids.join(), severity, isPicked].filter(Boolean).join(' '),
  );

describe('marks in a text', () => {
  it('given none, is one stretch', () => {
    expect(drawn([])).toEqual([text]);
  });

  it('given marks that overlap and lie in each other, shows the worst, and names the shortest last', () => {
    expect(drawn([mark('1', 0, 19), mark('2', 4, 13, 'critical'), mark('3', 8, 18, 'major')])).toEqual([
      'One  1 minor',
      'two  1,2 critical',
      'three 1,3,2 critical',
      ' four 1,3 major',
      '. 1 minor',
    ]);
  });

  it('given places where something is missing, shows each, at the ends too', () => {
    expect(drawn([mark('1', 0, 0), mark('2', 3, 3, 'major'), mark('3', 19, 19)])).toEqual([
      '1 minor',
      'One',
      '2 major',
      ' two three four.',
      '3 minor',
    ]);
  });

  it('shows what is selected, marked or not', () => {
    expect(drawn([mark('1', 0, 7)], { start: 4, end: 13 })).toEqual([
      'One  1 minor',
      'two 1 minor true',
      ' three true',
      ' four.',
    ]);
  });

  it('cuts long texts into blocks that lose nothing and split no character', () => {
    for (const long of ['a line\n'.repeat(2_000), 'word '.repeat(10_000), '😀'.repeat(9_000), 'x'.repeat(9_001)]) {
      const starts = blockStarts(long);
      const blocks = starts.map((from, index) => long.slice(from, starts[index + 1]));
      expect(blocks.join('')).toBe(long);
      expect(Math.max(...blocks.map((block) => block.length))).toBeLessThanOrEqual(5_600);
      expect(blocks.every((block) => block.isWellFormed())).toBe(true);
    }
  });

  it('finds the place in the text for every place in what is drawn, and the other way round', () => {
    const long = `${'Line of words.\n'.repeat(300)}End.`;
    const marks = [mark('1', 10, 2_000), mark('2', 1_400, 1_600, 'major'), mark('3', 2_500, 2_500)];
    const { container } = render(<MarkedText text={long} marks={marks} picked={{ start: 3, end: 9 }} />);
    expect(container.textContent).toBe(long);
    const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
    let at = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      for (const offset of [0, length]) expect(placeInText(node, offset)).toBe(at + offset);
      at += length;
    }
    const [first, second] = Array.from(container.querySelectorAll('.mk-block'));
    expect(placeInText(container, 1)).toBe(placeInText(second as Element, 0));
    expect(placeInText(first as Element, 0)).toBe(0);
    expect(placeInText(container, container.childNodes.length)).toBe(long.length);
  });

  it('draws text as text', () => {
    const sly = '<img src=x onerror=alert(1)> & <mark>';
    const { container } = render(<MarkedText text={sly} marks={[mark('1', 0, 10)]} />);
    expect(container.textContent).toBe(sly);
    expect(container.querySelector('img')).toBeNull();
  });
});
