import { describe, expect, it } from 'vitest';
import { blockNamed, fill, nameBefore, nameComplaint, type SnippetValues } from '../../../utils/review/snippet.ts';

const values = (change: Partial<SnippetValues> = {}): SnippetValues => ({
  prompt: 'How long is the warranty?',
  answer: 'Two years.',
  selection: '',
  labels: ['Wrong', 'Unsupported'],
  now: new Date(2026, 10, 21),
  locale: 'en-GB',
  ...change,
});

describe('filling a text block', () => {
  it('given placeholders, puts in what they stand for, and the cursor where it belongs', () => {
    const text = 'Asked: {prompt} ({date})\nNot “{answer}” but {cursor}.\n{label}';
    const filled = fill(text, values());
    expect(filled.text).toBe(
      'Asked: How long is the warranty? (21 Nov 2026)\nNot “Two years.” but .\nWrong, Unsupported',
    );
    expect(filled.text.slice(filled.cursor)).toBe('.\nWrong, Unsupported');
  });

  it('given none, ends with the cursor; given what is no placeholder, leaves it as it is', () => {
    expect(fill('{answers} {} {Prompt} { prompt }', values())).toEqual({
      text: '{answers} {} {Prompt} { prompt }',
      cursor: 32,
    });
    expect(fill('{constructor}{cursor}{cursor}', values())).toEqual({ text: '{constructor}', cursor: 13 });
  });

  it('given values with braces, does not fill them again', () => {
    expect(fill('{answer}', values({ answer: '{prompt}{cursor}' })).text).toBe('{prompt}{cursor}');
  });

  it('given no prompt and no labels, leaves nothing in their place', () => {
    expect(fill('[{prompt}][{label}]', values({ prompt: null, labels: [] })).text).toBe('[][]');
  });
});

describe('finding the block that is meant', () => {
  const blocks = [{ name: 'greeting' }, { name: 'source' }, { name: 'sorry' }];

  it('given ;name before the cursor, tells name and place', () => {
    expect(nameBefore('Hello ;source', 13)).toEqual({ name: 'source', start: 6 });
    expect(nameBefore('a;größe!', 7)).toEqual({ name: 'größe', start: 1 });
  });

  it.each([
    ['source', 6],
    ['; source', 8],
    [';source ', 8],
    ['', 0],
  ])('given %j, is none', (text, cursor) => {
    expect(nameBefore(text, cursor)).toBeNull();
  });

  it('takes the whole name in any case, or a beginning that only one has', () => {
    expect(blockNamed(blocks, 'SOURCE')?.name).toBe('source');
    expect(blockNamed(blocks, 'g')?.name).toBe('greeting');
    expect(blockNamed(blocks, 'so')).toBeNull();
    expect(blockNamed([...blocks, { name: 'so' }], 'so')?.name).toBe('so');
    expect(blockNamed(blocks, 'nothing')).toBeNull();
  });
});

describe('a name', () => {
  it.each([
    ['', 'Give it a name'],
    ['two words', 'no spaces'],
    ['a;b', 'no spaces'],
    ['Taken', 'Another text block'],
  ])('given %j, is refused in words', (name, why) => {
    expect(nameComplaint(name, ['taken'])).toContain(why);
  });

  it('given letters of any script, is taken', () => {
    expect(nameComplaint('größe_2', ['taken'])).toBeNull();
    expect(nameComplaint('引用', [])).toBeNull();
  });
});
