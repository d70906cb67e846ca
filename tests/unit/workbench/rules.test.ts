import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ruleTemplate, versionAfter } from '../../../entrypoints/workbench/store/rule-text.ts';
import { createRules, ownPack, packView, type Rules } from '../../../entrypoints/workbench/store/rules.ts';
import type { SiteRule } from '../../../utils/detection/types.ts';
import { type Background, startBackground, value } from '../../support/background.ts';

const at = new Date(2026, 10, 21, 12);
const rule: SiteRule = {
  id: 'desk',
  name: 'Team desk',
  version: '2026-11-20',
  matches: ['https://desk.example/*'],
  variants: [{ id: 'thread', assistant: '.bot' }],
  provenance: { source: 'pointed at', date: '2026-11-20', confidence: 'medium' },
};
let background: Background;
let stop: AbortController;
let rules: Rules;

beforeEach(async () => {
  background = await startBackground();
  stop = new AbortController();
  rules = createRules(background.database, background.page, stop.signal, () => at);
  await vi.waitFor(() => expect(rules.stored.value.value).not.toBeNull());
});
afterEach(() => stop.abort());

const entry = (id: string, origin = 'user') => rules.rules.value.find((one) => one.id === id && one.origin === origin);
const listed = (id: string, origin?: string) =>
  vi.waitFor(() => {
    const found = entry(id, origin);
    if (!found) throw new Error(`${id} is not listed`);
    return found;
  });

describe('the list of rules', () => {
  it('has those that come with the program, with where they apply and how sure they are', () => {
    expect(entry('chatgpt', 'bundled')).toMatchObject({
      ...{ name: 'ChatGPT', where: 'chatgpt.com, chat.openai.com', on: true, replacedBy: null },
    });
    expect(entry('deep-chat', 'bundled')?.where).toBe('Any site, where it is recognized');
  });

  it('given a rule of the user’s own with the id of a bundled one, shows which of the two is used', async () => {
    value(await background.page('saveRule', { rule: { ...rule, id: 'chatgpt' } }));
    expect(await listed('chatgpt')).toMatchObject({ origin: 'user', replacedBy: null });
    expect(entry('chatgpt', 'bundled')).toMatchObject({ replacedBy: 'user' });
  });

  it('given a rule that is switched off, shows it so', async () => {
    value(await background.page('switchRule', { id: 'claude', on: false }));
    await vi.waitFor(() => expect(entry('claude', 'bundled')).toMatchObject({ on: false }));
  });
});

describe('changing a rule as text', () => {
  it('given a changed selector and the old version, then it is kept under a new version', async () => {
    value(await background.page('saveRule', { rule }));
    const before = await listed('desk');
    expect(await rules.keep(before.json.replace('.bot', '.answer'), before)).toBeNull();
    await vi.waitFor(() => expect(entry('desk')).toMatchObject({ version: '2026-11-21' }));
    expect(entry('desk')?.json).toContain('.answer');
  });

  it('given another id, then the rule is there once, under that', async () => {
    value(await background.page('saveRule', { rule }));
    const before = await listed('desk');
    expect(await rules.keep(before.json.replace('"desk"', '"help-desk"'), before)).toBeNull();
    await listed('help-desk');
    await vi.waitFor(() => expect(entry('desk')).toBeUndefined());
  });

  it('given a selector that would match everything, then it is refused with the field named, and nothing changes', async () => {
    value(await background.page('saveRule', { rule }));
    const before = await listed('desk');
    const problem = await rules.keep(before.json.replace('.bot', '*'), before);
    expect(problem?.message).toMatch(/desk.*assistant/);
    expect(entry('desk')?.json).toContain('.bot');
  });

  it.each([
    ['{ "id": "x",\n  oops }', /no JSON/],
    ['[]', /in braces/],
  ])('given %j, says what is wrong without asking anybody', async (text, words) => {
    expect((await rules.keep(text, null))?.message).toMatch(words);
  });

  it('given the template of a new rule as it is, then it is refused: its capitals are to be replaced', async () => {
    expect(await rules.keep(ruleTemplate(at), null)).not.toBeNull();
  });
});

it('renames a rule and nothing else of it', async () => {
  value(await background.page('saveRule', { rule }));
  expect(await rules.rename(await listed('desk'), 'Help desk')).toBeNull();
  await vi.waitFor(() => expect(entry('desk')).toMatchObject({ name: 'Help desk', version: '2026-11-20' }));
});

describe('authors', () => {
  it('are listed by the name of the site, and go when forgotten', async () => {
    value(await background.page('saveRule', { rule }));
    value(await background.page('saveAuthor', { site: 'desk', author: 'Lyro', is: 'assistant' }));
    await vi.waitFor(() =>
      expect(rules.authors.value).toMatchObject([{ siteName: 'Team desk', author: 'Lyro', is: 'assistant' }]),
    );
    value(await background.page('saveAuthor', { site: 'desk', author: 'Lyro', is: null }));
    await vi.waitFor(() => expect(rules.authors.value).toEqual([]));
  });
});

it('writes a file that another installation takes as it is', async () => {
  value(await background.page('saveRule', { rule }));
  value(await background.page('saveAuthor', { site: 'desk', author: 'Lyro', is: 'assistant' }));
  await vi.waitFor(() => expect(rules.stored.value.value?.authors).toHaveLength(1));
  const { rows, authors } = rules.stored.value.value ?? { rows: [], authors: [] };
  const json = JSON.stringify(ownPack(rows, authors, at));

  const other = await startBackground();
  expect(value(await other.page('importRules', { json }))).toEqual({ rules: 1, authors: 1 });
});

it.each([
  [{ version: null, rules: 0, fetchedAt: null }, 'No rules yet.'],
  [{ version: '7', rules: 2, fetchedAt: at.toISOString() }, '2 rules of version 7, fetched at 12:00.'],
])('says of a team’s pack %j: %s', (part, words) => {
  const state = { url: 'https://team.example/rules', triedAt: null, problem: null, ...part };
  expect(packView(state, at.getTime()).state).toBe(words);
});

it('says when the last try failed, and why', () => {
  const triedAt = new Date(at.getTime() + 60_000).toISOString();
  const state = { url: 'https://team.example/rules', version: '7', rules: 2, fetchedAt: at.toISOString(), triedAt };
  expect(packView({ ...state, problem: 'The server answered 500.' }, at.getTime()).problem).toBe(
    'Last tried at 12:01: The server answered 500.',
  );
});

it('numbers the versions of one day', () => {
  expect(['2026-11-20', '2026-11-21', '2026-11-21.2'].map((version) => versionAfter(version, at))).toEqual([
    ...['2026-11-21', '2026-11-21.2', '2026-11-21.3'],
  ]);
});
