import { describe, expect, it } from 'vitest';
import { mergeRules, rulesAt, rulesForHost } from '../../../utils/detection/choose-rules.ts';
import { aRule } from '../../support/rules.ts';

const ids = (rules: readonly { readonly id: string }[]) => rules.map(({ id }) => id);
const embedded = aRule({ id: 'widget', matches: [], signature: '.widget' });

describe('the rules at one address', () => {
  const bundled = aRule({ id: 'bundled', matches: ['https://a.example/*'] });
  const team = aRule({ id: 'team', matches: ['https://a.example/help/*'] });
  const user = aRule({ id: 'user', matches: ['https://a.example/help/me'] });
  const all = mergeRules({ bundled: [bundled, embedded], team: [team], user: [user] });

  it.each([
    ['https://a.example/help/me', ['user']],
    ['https://a.example/help/you', ['team']],
    ['https://a.example/', ['bundled']],
    ['https://b.example/', ['widget']],
  ])('%s: those of the strongest origin that names it', (address, expected) => {
    expect(ids(rulesAt(all, address))).toEqual(expected);
  });

  it('without an address and a sign of its own a rule is good nowhere', () => {
    expect(rulesAt([aRule({ matches: [] })], 'https://a.example/')).toEqual([]);
  });

  it('of a host are all whose addresses may be there, and those of embeddable products', () => {
    const other = aRule({ id: 'other', matches: ['https://b.example/*'] });
    const domain = aRule({ id: 'domain', matches: ['*://*.example/x/*'] });
    const rules = mergeRules({ bundled: [bundled, embedded, other, domain], team: [team], user: [] });
    expect(ids(rulesForHost(rules, 'https://a.example/anything')).sort()).toEqual([
      'bundled',
      'domain',
      'team',
      'widget',
    ]);
    expect(ids(rulesForHost(rules, 'http://a.example/'))).toEqual(['widget', 'domain']);
  });
});
