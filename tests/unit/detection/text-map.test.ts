// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { readRich } from '../../../utils/detection/rich-text.ts';
import { mapText } from '../../../utils/detection/text-map.ts';
import type { TextSource } from '../../../utils/detection/types.ts';

beforeEach(() => document.body.replaceChildren());

function source(html: string, without = 'button,[hidden]'): TextSource {
  const body = document.createElement('div');
  body.innerHTML = html;
  document.body.append(body);
  return { bodies: [body], without, codeBlock: undefined, range: null };
}
const textOf = ({ bodies, without, codeBlock, range }: TextSource) =>
  readRich(bodies, without, codeBlock, undefined, range).text;

/** Every word of the text, with where it is. */
const wordsOf = (text: string) =>
  [...text.matchAll(/\S+/g)].map(({ index, 0: word }) => ({ word, start: index, end: index + word.length }));

describe('where on the page a text is', () => {
  it.each([
    ['a paragraph', '<p>It takes <b>two</b> <i>working</i> days.</p>'],
    ['words across elements', '<p>un<b>believ</b>able, <span>is</span>n’t it?</p>'],
    ['lists in lists', '<ul><li>One<ol start="3"><li>Two and <code>three</code></li></ol></li><li>Four</li></ul>'],
    ['a table', '<table><tr><th>Size</th><th>Price</th></tr><tr><td>M and L</td><td>€ 20\n  each</td></tr></table>'],
    ['code', '<pre><code class="language-ts">const a = 1;\n  if (a) b();\n</code></pre><p>Then <code>b</code>.</p>'],
    ['hidden parts and controls', '<p>Seen <span hidden>not seen</span> again <button>Copy</button> here</p>'],
    ['line breaks and folded space', '<p>One<br>two   \n  three &nbsp; four</p>'],
    ['emoji and right to left', '<p dir="rtl">שלום <b>עולם</b> 👩‍👩‍👧 و👍🏽</p>'],
    ['pictures and formulas', '<p>See <img alt="a chart"> and <span data-math="x^2">x²</span> there.</p>'],
    ['the same words twice', '<p>again and again</p><p>again and again</p>'],
  ])('given %s, when each word of its text is looked up, then it is there, and back', (_, html) => {
    const from = source(html);
    const map = mapText(from);
    expect(map?.text).toBe(textOf(from));
    let found = 0;
    for (const { word, start, end } of wordsOf(map?.text ?? '')) {
      const ranges = map?.rangesOf({ start, end }) ?? [];
      const shown = ranges.map(String).join('');
      if (/^(?:a|chart|x\^2)$/.test(word) && shown === '') continue;
      expect(shown).toBe(word);
      found += 1;
      const [first, last] = [ranges[0] as Range, ranges.at(-1) as Range];
      const whole = document.createRange();
      whole.setStart(first.startContainer, first.startOffset);
      whole.setEnd(last.endContainer, last.endOffset);
      expect(map?.spanOf(whole)).toEqual({ start, end });
    }
    expect(found).toBeGreaterThan(2);
  });

  it('given a selection of elements, with blanks around the words and text of others, then it is the words in the answer', () => {
    const from = source('<p>One <b>two</b> three</p>');
    const after = document.createElement('p');
    after.textContent = 'Not of it';
    document.body.append(after);
    const range = document.createRange();
    range.setStart(from.bodies[0]?.querySelector('p')?.firstChild as Text, 3);
    range.setEnd(after.firstChild as Text, 3);
    const map = mapText(from);
    expect(map?.spanOf(range)).toEqual({ start: 4, end: 13 });
    range.selectNodeContents(after);
    expect(map?.spanOf(range)).toBeNull();
  });

  it('given an open shadow root, then its words are found in it', () => {
    const body = document.createElement('div');
    document.body.append(body);
    body.attachShadow({ mode: 'open' }).innerHTML = '<p>In the <b>shadow</b></p>';
    const map = mapText({ bodies: [body], without: 'button', codeBlock: undefined, range: null });
    const [range] = map?.rangesOf({ start: 7, end: 13 }) ?? [];
    expect(String(range)).toBe('shadow');
    expect(map?.spanOf(range as Range)).toEqual({ start: 7, end: 13 });
  });

  it('given text that holds what the wrappings are made of, then there is no map, and nothing is put anywhere', () => {
    expect(mapText(source('<p>a \ufdd0 b</p>'))).toBeNull();
  });
});
