import { describe, expect, it } from 'vitest';
import { readSnippets, snippetFile } from '../../../utils/exporting/snippets.ts';

const newId = () => 'id';
const file = (blocks: unknown) => JSON.stringify({ format: 'countersign-text-blocks', version: 1, blocks });

describe('a file of text blocks', () => {
  it('says what was put in it', () => {
    const blocks = [{ id: 'id', name: 'source', text: 'See {prompt}\n{cursor}' }];
    expect(readSnippets(snippetFile(blocks), newId)).toEqual(blocks);
  });

  it.each([
    ['{', 'not JSON'],
    ['[]', 'not a file'],
    ['null', 'not a file'],
    [file('x'), 'not a file'],
    [file([{ text: 'x' }]), 'blocks.0.name'],
    [file([{ name: 'a b', text: 'x' }]), 'blocks.0.name'],
    [
      file([
        { name: 'a', text: 'x' },
        { name: 'A', text: 'y' },
      ]),
      'blocks.1.name',
    ],
    [file([{ name: 'a', text: ' ' }]), 'blocks.0.text'],
    [file([{ name: 'a', text: 'x'.repeat(8_001) }]), 'blocks.0.text'],
    [file(Array.from({ length: 201 }, (_, at) => ({ name: `n${at}`, text: 'x' }))), 'more than 200'],
  ])('given %.60s, is refused in words', (json, why) => {
    expect(readSnippets(json, newId)).toContain(why);
  });
});
