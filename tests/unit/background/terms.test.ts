import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { shownSettings } from '../../../utils/storage/shown-settings.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';

let background: Background;
beforeEach(async () => {
  background = await startBackground();
});

const pattern = (change: object = {}) => ({
  id: 'customer',
  pattern: 'CU-\\d{5}',
  placeholder: 'CUSTOMER_ID',
  ...change,
});

describe('the terms of redaction, as a page saves them', () => {
  it('given as many and as long ones as may be, stores them', async () => {
    const customerRules = Array.from({ length: 100 }, (_, index) =>
      pattern({ id: `rule-${index}`, pattern: `[${'a'.repeat(1022)}]` }),
    );
    const allow = Array.from({ length: 500 }, (_, index) => `${index}${'x'.repeat(190)}`);
    value(await background.page('saveSettings', { customerRules, allow }));
    expect(await shownSettings(background.database)).toMatchObject({ customerRules, allow });
  });

  it.each([
    ['a bracket that is never closed', { pattern: '(a' }],
    ['look-ahead', { pattern: '(?=a)b' }],
    ['a placeholder in small letters', { placeholder: 'customer' }],
  ])('given %s, refuses it in words, names its place, and keeps what was there', async (_, change) => {
    value(await background.page('saveSettings', { customerRules: [pattern()] }));
    const answer = await background.page('saveSettings', {
      customerRules: [pattern(), pattern({ id: 'second', ...change })],
    });
    expect(answer).toMatchObject(refused('invalid', `rules.1.${Object.keys(change)[0]}`));
    expect(answer).toMatchObject({ error: { message: expect.stringContaining('Rule second') } });
    expect((await shownSettings(background.database)).customerRules).toEqual([pattern()]);
  });
});
