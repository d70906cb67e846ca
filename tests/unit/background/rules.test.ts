import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { siteRules } from '../../../utils/detection/sites/index.ts';
import type { PageRules, SiteRule } from '../../../utils/detection/types.ts';
import { listAuthors } from '../../../utils/storage/authors.ts';
import type { AuthorRow } from '../../../utils/storage/database.ts';
import { putTeamPack, setPackUrl } from '../../../utils/storage/rules.ts';
import { listRules } from '../../../utils/storage/stored-rules.ts';
import { type Background, refused, startBackground, value } from '../../support/background.ts';
import type { FakeTab } from '../../support/fake-extension.ts';
import { aPack, aRule } from '../../support/rules.ts';

const CHAT = 'https://chat.example';
const BANK = 'https://bank.example';
const PACK = 'https://team.example/rules.json';

let background: Background;
let chat: FakeTab;
let bank: FakeTab;

beforeEach(async () => {
  background = await startBackground();
  chat = background.extension.openTab(`${CHAT}/c/1`);
  bank = background.extension.openTab(`${BANK}/account`);
  background.extension.grant('https://*/*');
});

const arrive = async (tab: FakeTab): Promise<PageRules> => value(await background.content(tab)('arrive', {}));
/** Ids and origins of the rules with addresses that a page gets. */
const named = async (tab: FakeTab) =>
  (await arrive(tab)).rules.filter(({ matches }) => matches.length > 0).map(({ id, origin }) => `${origin} ${id}`);

/** The team publishes this. */
async function teamHas(...rules: SiteRule[]): Promise<void> {
  const { database, now } = background;
  await setPackUrl(database, PACK);
  await putTeamPack(database, aPack(rules), { url: PACK, etag: null, now });
}

describe('the rules that a page gets', () => {
  it('given a site without a rule, are those of products that any site may embed', async () => {
    const { rules, threshold, generic, authors } = await arrive(chat);
    const embedded = siteRules.filter(({ matches }) => matches.length === 0);
    expect(rules).toEqual(embedded.map((rule) => ({ ...rule, origin: 'bundled' })));
    expect({ threshold, generic, authors }).toEqual({ threshold: 0.5, generic: true, authors: [] });
  });

  it('given a site with a rule, hold that one and none of another site', async () => {
    const claude = background.extension.openTab('https://claude.ai/chat/1');
    expect(await named(claude)).toEqual(['bundled claude']);
  });

  it('given rules for other paths of the host, hold them too, since a page moves on without loading', async () => {
    await teamHas(
      aRule({ id: 'help', matches: [`${CHAT}/help/*`] }),
      aRule({ id: 'other', matches: ['https://x.example/*'] }),
    );
    expect(await named(chat)).toEqual(['team help']);
  });

  it('given the same rule from several, hold the user’s, then the team’s, then the bundled one', async () => {
    const claude = background.extension.openTab('https://claude.ai/chat/1');
    const matches = ['https://claude.ai/*'];
    await teamHas(aRule({ id: 'claude', name: 'of the team', matches }));
    expect(await named(claude)).toEqual(['team claude']);
    value(await background.page('saveRule', { rule: aRule({ id: 'claude', name: 'my own', matches }) }));
    expect(await named(claude)).toEqual(['user claude']);

    value(await background.page('removeRule', { id: 'claude' }));
    await teamHas();
    await setPackUrl(background.database, null);
    expect(await named(claude)).toEqual(['bundled claude']);
  });

  it('given a rule that is switched off, leave it out, whoever made it', async () => {
    await teamHas(aRule({ id: 'desk' }));
    value(await background.page('switchRule', { id: 'desk', on: false }));
    value(await background.page('switchRule', { id: 'web-chat', on: false }));
    expect((await arrive(chat)).rules.map(({ id }) => id)).not.toEqual(expect.arrayContaining(['desk']));
    expect((await arrive(chat)).rules.map(({ id }) => id)).not.toContain('web-chat');
    value(await background.page('switchRule', { id: 'desk', on: true }));
    expect(await named(chat)).toEqual(['team desk']);
  });

  it('given a frame without an address of its own, are those of the origin that made it', async () => {
    await teamHas(aRule({ id: 'desk' }));
    for (const url of ['about:srcdoc', 'about:blank']) {
      const sender = { id: 'countersign', url, origin: CHAT, tab: chat, frameId: 4, documentId: 'd' };
      const answer = await background.extension.send({ countersign: 1, call: 'arrive', body: {} }, sender);
      expect((answer as { value: PageRules }).value.rules.map(({ id }) => id)).toContain('desk');
    }
  });

  it('given other settings, have their threshold and say whether to look without a rule', async () => {
    value(await background.page('saveSettings', { assertFrom: 0.8, findWithoutRule: false }));
    expect(await arrive(chat)).toMatchObject({ threshold: 0.8, generic: false });
    expect(await background.page('saveSettings', { assertFrom: 0.1 })).toMatchObject(refused('invalid', 'assertFrom'));
  });
});

describe('a rule made by pointing', () => {
  const keep = (tab: FakeTab, rule: SiteRule | null) => background.content(tab)('keepRule', { rule });

  it('given a page that claims another site, an id and a name, is kept for its own origin under an id of ours', async () => {
    value(await keep(chat, aRule({ id: 'claude', name: 'Claude', matches: [`${BANK}/*`, 'https://claude.ai/*'] })));
    const [row] = await listRules(background.database);
    expect(row?.rule).toMatchObject({ name: 'chat.example', matches: [`${CHAT}/*`], variants: aRule().variants });
    expect(row?.id).toMatch(/^own-chat-example-[0-9a-f]{12}$/);
    expect(await named(chat)).toEqual([`user ${row?.id}`]);
    expect(await named(bank)).toEqual([]);
  });

  it('given the same host at another port, is not good there', async () => {
    value(await keep(chat, aRule()));
    const other = background.extension.openTab(`${CHAT}:8443/c/1`);
    expect(await named(other)).toEqual([]);
  });

  it('given a thousand of them from one page, keeps the last', async () => {
    for (let round = 0; round < 20; round += 1) {
      background.now += 60_000;
      value(await keep(chat, aRule({ variants: [{ id: 'default', assistant: `.answer-${round}` }] })));
    }
    const rows = await listRules(background.database);
    expect(rows.map(({ rule }) => rule.variants[0]?.assistant)).toEqual(['.answer-19']);
  });

  it('given another rule, has another version; given the same, the same', async () => {
    const versions = new Set<string>();
    for (const assistant of ['.a', '.b', '.a']) {
      value(await keep(chat, aRule({ variants: [{ id: 'default', assistant }] })));
      versions.add((await listRules(background.database))[0]?.rule.version ?? '');
    }
    expect(versions.size).toBe(2);
  });

  it('given null, forgets the page’s own and nobody else’s', async () => {
    value(await keep(chat, aRule()));
    value(await keep(bank, aRule()));
    value(await keep(chat, null));
    expect(await named(chat)).toEqual([]);
    expect(await named(bank)).toHaveLength(1);
  });

  it.each([
    ['selects everything', { variants: [{ id: 'default', assistant: 'div > *' }] }, 'variants.0.assistant'],
    ['looks into everything', { variants: [{ id: 'default', assistant: 'p:has(*)' }] }, 'variants.0.assistant'],
    ['knows more than this version', { script: 'alert(1)' }, '(the rule)'],
  ])('given one that %s, refuses it in words', async (_what, change, field) => {
    const answer = await keep(chat, aRule(change as Partial<SiteRule>));
    expect(answer).toMatchObject(refused('invalid', field));
    expect(await listRules(background.database)).toEqual([]);
  });

  it('given a site that is off, keeps nothing', async () => {
    background.extension.revoke('https://*/*');
    expect(await keep(chat, aRule())).toMatchObject(refused('off'));
  });

  it('given a page that keeps one, tells the documents of its site, and no other', async () => {
    const second = background.extension.openTab(`${CHAT}/c/2`);
    for (const tab of [chat, second, bank]) tab.overlay = true;
    value(await keep(chat, aRule()));
    const told = (tab: FakeTab) => tab.pushes.filter(({ push }) => push.push === 'rulesChanged').length;
    await expect.poll(() => [told(chat), told(second), told(bank)]).toEqual([1, 1, 0]);
  });
});

describe('an author named in place', () => {
  const name = (tab: FakeTab, site: string, author: string, is: 'assistant' | 'person' | null = 'assistant') =>
    background.content(tab)('keepAuthor', { site, author, is });
  const authors = async (tab: FakeTab) => (await arrive(tab)).authors;

  it('given a page, is good on its own origin and on no other, also where the rule is shared', async () => {
    value(await name(chat, CHAT, '  Support   Bot '));
    value(await name(chat, 'web-chat', 'Ada', 'person'));
    expect(await authors(chat)).toEqual([
      { site: CHAT, author: 'Support Bot', is: 'assistant' },
      { site: 'web-chat', author: 'Ada', is: 'person' },
    ]);
    expect(await authors(bank)).toEqual([]);
  });

  it('given the name in another case, is the same author; given null, is forgotten', async () => {
    value(await name(chat, CHAT, 'Support Bot'));
    value(await name(chat, CHAT, 'SUPPORT BOT', 'person'));
    expect(await authors(chat)).toEqual([{ site: CHAT, author: 'SUPPORT BOT', is: 'person' }]);
    value(await name(chat, CHAT, 'support bot', null));
    expect(await authors(chat)).toEqual([]);
  });

  it.each([
    ['another origin', BANK],
    ['the rule of another site', 'claude'],
    ['a rule that is none', 'no-such-rule'],
  ])('given the site of %s, refuses it', async (_what, site) => {
    expect(await name(chat, site, 'Bot')).toMatchObject(refused('invalid', 'site'));
    expect(await listAuthors(background.database)).toEqual([]);
  });

  it('given a page that names people without end, stops at a hundred', async () => {
    value(await name(chat, CHAT, 'Person 0'));
    const [first] = (await listAuthors(background.database)) as [AuthorRow];
    const more = Array.from({ length: 98 }, (_, index) => ({ ...first, folded: `person ${index + 1}` }));
    await background.database.authors.bulkPut(more);
    value(await name(chat, CHAT, 'Person 99'));
    expect(await name(chat, CHAT, 'Person 100')).toMatchObject(refused('invalid', 'author'));
    value(await name(chat, CHAT, 'Person 99', 'person'));
    expect(await listAuthors(background.database)).toHaveLength(100);
    value(await name(bank, BANK, 'Person 100'));
  });

  it('given the settings, is good wherever the site is; where it was named in place, it stays there', async () => {
    value(await background.page('saveAuthor', { site: 'web-chat', author: 'Lyro', is: 'assistant' }));
    expect(await authors(bank)).toEqual([{ site: 'web-chat', author: 'Lyro', is: 'assistant' }]);
    value(await name(chat, 'web-chat', 'Ada'));
    value(await background.page('saveAuthor', { site: 'web-chat', author: 'ada', is: 'person' }));
    expect((await authors(chat)).find(({ author }) => author === 'Ada')?.is).toBe('person');
    expect((await authors(bank)).map(({ author }) => author)).toEqual(['Lyro']);
    value(await background.page('saveAuthor', { site: 'web-chat', author: 'Ada', is: null }));
    expect((await authors(chat)).map(({ author }) => author)).toEqual(['Lyro']);
  });

  it('given the team’s word and the user’s, the user’s counts', async () => {
    await setPackUrl(background.database, PACK);
    const team = aPack([], [{ site: CHAT, author: 'Bot', is: 'assistant' }]);
    await putTeamPack(background.database, team, { url: PACK, etag: null, now: background.now });
    expect(await authors(chat)).toEqual([{ site: CHAT, author: 'Bot', is: 'assistant' }]);
    value(await name(chat, CHAT, 'bot', 'person'));
    expect(await authors(chat)).toEqual([{ site: CHAT, author: 'bot', is: 'person' }]);
  });
});

describe('rules from a file', () => {
  const read = (json: string) => background.page('importRules', { json });

  it('given a good pack, keeps its rules and authors as the user’s own', async () => {
    const pack = aPack([aRule(), aRule({ id: 'second' })], [{ site: 'example', author: 'Bot', is: 'assistant' }]);
    expect(value(await read(JSON.stringify(pack)))).toEqual({ rules: 2, authors: 1 });
    expect(await named(chat)).toEqual(['user example', 'user second']);
    expect((await arrive(chat)).authors).toHaveLength(1);
  });

  it('given one bad rule among good ones, keeps none and names it', async () => {
    const bad = aRule({ id: 'greedy', variants: [{ id: 'default', assistant: '*' }] });
    const answer = await read(JSON.stringify(aPack([aRule(), bad])));
    expect(answer).toMatchObject(refused('invalid', 'variants.0.assistant'));
    expect(answer.ok ? '' : answer.error.message).toBe('Rule "greedy": variants.0.assistant selects everything.');
    expect(await listRules(background.database)).toEqual([]);
  });

  it('given more rules than one person needs, keeps none', async () => {
    for (let part = 0; part < 3; part += 1) {
      const rules = Array.from({ length: 200 }, (_, index) => aRule({ id: `rule-${part}-${index}` }));
      const answer = await read(JSON.stringify(aPack(rules)));
      expect(answer.ok).toBe(part < 2);
    }
    expect(await listRules(background.database)).toHaveLength(400);
  });
});
