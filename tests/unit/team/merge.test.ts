import { expect, it } from 'vitest';
import { defaultSettings } from '../../../utils/storage/default-settings.ts';
import type { Settings } from '../../../utils/storage/settings-shape.ts';
import { mergedSettings, withoutTeam } from '../../../utils/team/merge.ts';

const rule = (id: string, pattern: string) => ({ id, pattern, placeholder: 'X_X' });
const own: Settings = {
  ...defaultSettings,
  contextTurns: 1,
  customerRules: [rule('a', 'own-a'), rule('b', 'own-b')],
  gateOn: ['https://own.example'],
};
const team = {
  keepPrompt: false,
  contextTurns: 4,
  customerRules: [rule('b', 'team-b'), rule('c', 'team-c')],
  gateOn: ['https://team.example'],
};

it('lists grow, of two entries for the same the team’s counts, and single values are the team’s', () => {
  expect(mergedSettings(own, team)).toEqual({
    ...own,
    keepPrompt: false,
    contextTurns: 4,
    customerRules: [rule('a', 'own-a'), rule('b', 'team-b'), rule('c', 'team-c')],
    gateOn: ['https://own.example', 'https://team.example'],
  });
});

it('without the team all is as it was, in the same order', () => {
  expect(JSON.stringify(withoutTeam(mergedSettings(own, team), own, team))).toBe(JSON.stringify(own));
});

it('what the reviewer has changed meanwhile is theirs, and what the team’s stood in the place of comes back', () => {
  const merged = mergedSettings(own, team);
  const now = {
    ...merged,
    contextTurns: 9,
    customerRules: [...merged.customerRules, rule('d', 'own-d')],
    gateOn: ['https://team.example', 'https://new.example'],
  };
  expect(withoutTeam(now, own, team)).toEqual({
    ...own,
    contextTurns: 9,
    customerRules: [rule('a', 'own-a'), rule('d', 'own-d'), rule('b', 'own-b')],
    gateOn: ['https://new.example'],
  });
});
