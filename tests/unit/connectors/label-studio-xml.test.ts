/** The reader of labeling configurations: what it finds, and what it refuses to spend time on. */
import { expect, test } from 'vitest';
import { readLabeling } from '../../../utils/connectors/label-studio/labeling.ts';
import { readElements } from '../../../utils/connectors/label-studio/xml.ts';

const tags = (text: string) => readElements(text)?.map(({ tag }) => tag) ?? null;

test('given an XML declaration, comments, CDATA and text, it finds the elements alone', () => {
  const text = `<?xml version="1.0"?>\n<View ><!-- <Text name="no"/> > --><Style><![CDATA[ a > b <c> ]]></Style> 1 > 0 <Text\n name = 'a'\tvalue="$x"\n/></View >`;
  expect(tags(text)).toEqual(['View', 'Style', 'Text']);
});

test('given entities in attributes, it reads what they stand for', () => {
  const [element] = readElements(`<A v="&lt;b&gt; &amp;amp; &quot;&apos; &#228;&#x1F600; &nbsp; &#x110000;"/>`) ?? [];
  expect(element?.attributes.get('v')).toBe('<b> &amp; "\' ä😀 &nbsp; &#x110000;');
});

test.each([
  ['no element', 'text'],
  ['an element that does not end', '<View>'],
  ['an end without a beginning', '<View></View></View>'],
  ['an end of another', '<View><Text></View></Text>'],
  ['a quote that does not end', '<View a="></View>'],
  ['an attribute without a value', '<View a></View>'],
  ['a comment that does not end', '<View><!-- </View>'],
  ['more than can be meant', `<View>${'<A/>'.repeat(10_001)}</View>`],
  ['a text that is too long', `<View a="${'x'.repeat(600_000)}"/>`],
])('given %s, it reads nothing', (_, text) => {
  expect(readElements(text)).toBeNull();
});

test.each([
  ['<'.repeat(500_000)],
  ['<!--'.repeat(125_000)],
  [`<A ${' '.repeat(500_000)}`],
  [`<A ${'a="'.repeat(160_000)}`],
  [`<A ${'a='.repeat(250_000)}`],
  ['</A'.repeat(160_000)],
  [`<A a="${'&#'.repeat(200_000)}"/>`],
])('given 500,000 characters made to take long, each is looked at a few times', (text) => {
  expect(() => readElements(text)).not.toThrow();
});

test('given names like those of objects’ own parts, they are names like others', () => {
  const text =
    '<View><Text name="__proto__" value="$constructor"/><Choices name="toString" toName="__proto__"><Choice value="__proto__"/></Choices></View>';
  const labeling = readLabeling(text);
  expect([...(labeling?.shown ?? [])]).toEqual([['__proto__', 'constructor']]);
  expect(labeling?.controls[0]).toMatchObject({ name: 'toString', toName: ['__proto__'] });
  expect([...(labeling?.controls[0]?.options ?? [])]).toEqual([['__proto__', '__proto__']]);
});

test('given options that lie deep in their control, they are its own and no other’s', () => {
  const text =
    '<View><Text name="t" value="words of $x, $y"/><Labels name="l" toName="t"><View><Label value="a"/></View></Labels><Choices name="c" toName="t"><Choice value="b"><Choice value="d"/></Choice></Choices><Choice value="lost"/></View>';
  const labeling = readLabeling(text);
  expect(labeling?.controls.map(({ name, options }) => [name, [...options.keys()]])).toEqual([
    ['l', ['a']],
    ['c', ['b', 'd']],
  ]);
  expect([...(labeling?.shown.values() ?? [])]).toEqual(['x']);
});
