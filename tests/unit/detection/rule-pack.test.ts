import { describe, expect, it } from 'vitest';
import { checkRule, PACK_LIMIT, readPack } from '../../../utils/detection/rule-pack.ts';
import { siteRules } from '../../../utils/detection/sites/index.ts';
import { aPack, aRule } from '../../support/rules.ts';

const read = (pack: object) => readPack(JSON.stringify(pack));
const complaintOf = (result: ReturnType<typeof readPack>) => {
  if (result.ok) throw new Error('It was taken');
  return result.error.message;
};

describe('a rule pack', () => {
  it('given good rules and authors, is taken as it is', () => {
    const pack = aPack([...siteRules], [{ site: 'https://chat.example', author: 'Bot', is: 'assistant' }]);
    expect(read(pack)).toEqual({ ok: true, value: pack });
    expect(read(aPack([]))).toMatchObject({ ok: true });
  });

  it.each<[string, object, string]>([
    ['another format', { ...aPack(), format: 'rules' }, 'The pack: format is not "countersign-rules".'],
    ['no version', { ...aPack(), version: undefined }, 'The pack: version is missing.'],
    [
      'a key of its own',
      { ...aPack(), script: 1 },
      'The pack: (the pack) has the key "script", which this version does not know.',
    ],
    ['no list of rules', { ...aPack(), rules: {} }, 'The pack: rules is not of the type array.'],
    [
      'too many rules',
      aPack(Array.from({ length: 201 }, (_, at) => aRule({ id: `r${at}` }))),
      'The pack: rules has more than 200 entries.',
    ],
    ['two rules of one id', aPack([aRule(), aRule()]), 'Rule "example": two rules of the pack have this id.'],
    ['a rule without id', aPack([aRule({ id: undefined as never })]), 'Rule "number 1": id is missing.'],
    [
      'too many variants',
      aPack([aRule({ variants: Array.from({ length: 13 }, (_, at) => ({ id: `v${at}`, row: '.a' })) })]),
      'Rule "example": variants has more than 12 entries.',
    ],
    [
      'an unknown key in a variant',
      aPack([aRule(), aRule({ id: 'second', variants: [{ id: 'v', row: '.a', run: 'x' } as never] })]),
      'Rule "second": variants.0 has the key "run", which this version does not know.',
    ],
    [
      'a selector of the wrong type',
      aPack([aRule({ composer: 7 as never })]),
      'Rule "example": composer is not of the type string.',
    ],
    [
      'an author of no site',
      aPack([], [{ site: 'My Site', author: 'Bot', is: 'assistant' }]),
      'The pack: authors.0.site is not of the form that is asked for.',
    ],
    [
      'an author who is neither',
      aPack([], [{ site: 'a', author: 'Bot', is: 'robot' as never }]),
      'The pack: authors.0.is is not "assistant" or "person".',
    ],
  ])('given %s, is refused in words', (_what, pack, message) => {
    expect(complaintOf(read(pack))).toBe(message);
  });

  it.each([
    ['no JSON', '{', 'The pack is not JSON.'],
    ['a list', '[]', 'The pack: (the pack) is not of the type object.'],
    ['a megabyte', JSON.stringify('x'.repeat(PACK_LIMIT)), 'The pack is larger than 1 MB.'],
    [
      'names that pollute',
      '{"format":"countersign-rules","version":"1","rules":[],"__proto__":{"polluted":1}}',
      'The pack: (the pack) has the key "__proto__", which this version does not know.',
    ],
  ])('given %s, is refused in words', (_what, json, message) => {
    expect(complaintOf(readPack(json))).toBe(message);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('given a rule that is deep, broken or no rule at all, answers a complaint and never throws', () => {
    let deep: unknown = {};
    for (let level = 0; level < 5_000; level += 1) deep = { deep };
    for (const rule of [null, 7, 'rule', [], {}, deep, { ...aRule(), variants: deep }]) {
      expect(checkRule(rule)).toMatchObject({ ok: false, error: { message: expect.stringMatching(/^Rule "/) } });
    }
  });
});
