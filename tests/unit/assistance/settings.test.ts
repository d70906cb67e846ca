/** Where the model is set: its key for its own origin only, in no answer and no backup, and forgotten when it is off. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { authorRuleSchema } from '../../../utils/detection/rule-pack.ts';
import { siteRuleSchema } from '../../../utils/detection/rule-schema.ts';
import { askedSoFar, readAssistance, shownAssistance } from '../../../utils/storage/assistance.ts';
import { assistanceOffer } from '../../../utils/storage/assistance-offer.ts';
import { exportAll } from '../../../utils/storage/export-all.ts';
import { importLines } from '../../../utils/storage/import-all.ts';
import { type Background, startBackground, value } from '../../support/background.ts';
import { aSnapshot } from '../../support/builders.ts';

let background: Background;
beforeEach(async () => {
  background = await startBackground();
});

const url = 'https://llm.example/v1';
const endpoint = { by: 'endpoint', url, model: 'qwen', key: 'sk-1' } as const;
const save = (change: object = {}) => background.page('saveAssistance', { ...endpoint, ...change });

/** A claimed editor's calls. */
async function anEditor() {
  const tab = background.extension.openTab('https://chat.example/c/1');
  background.extension.grant('https://chat.example/*');
  tab.overlay = true;
  const { token } = value(
    await background.content(tab)('openEditor', {
      ...{ responseKey: 'chat.example|1|a', startWith: 'verdict', visibility: 'verified' },
      snapshot: aSnapshot(),
    }),
  );
  const call = background.editor(tab, 11);
  return { call, session: value(await call('claimEditor', { token })) };
}

describe('setting a model', () => {
  it.each([
    ['an address without https', { url: 'http://llm.example/v1' }, 'url'],
    ['an address with a password in it', { url: 'https://me:pw@llm.example/v1' }, 'url'],
    ['no name', { model: ' ' }, 'model'],
    ['a key that no header can carry', { key: 'a\nb' }, 'token'],
  ])('given %s, when it is saved, then it is refused and nothing is set', async (_, change, field) => {
    expect(await save(change)).toMatchObject({ ok: false, error: { code: 'invalid', field } });
    expect(await readAssistance(background.database)).toBeNull();
  });

  it('given a key, when the address moves to another origin, then the key must be entered again; on the same it stays', async () => {
    value(await save());
    const { key: _, ...without } = endpoint;
    value(await background.page('saveAssistance', { ...without, url: 'https://llm.example/v2' }));
    expect(await readAssistance(background.database)).toMatchObject({ url: 'https://llm.example/v2', key: 'sk-1' });
    expect(await background.page('saveAssistance', { ...without, url: 'https://evil.example/v1' })).toMatchObject({
      error: { code: 'invalid', field: 'key' },
    });
    expect(await readAssistance(background.database)).toMatchObject({ url: 'https://llm.example/v2' });
  });

  it('given a model, then an editor gets its key when it asks and not before, and a page in which it stands gets nothing', async () => {
    value(await save());
    const { call, session } = await anEditor();
    expect(session.assistance).toEqual({ by: 'endpoint', url, model: 'qwen', when: 'after-verdict' });
    expect(JSON.stringify(session)).not.toContain('sk-1');
    expect(value(await call('assistanceTerms', { ask: false })).key).toBeNull();
    expect(await askedSoFar(background.database)).toBeNull();
    expect(value(await call('assistanceTerms', { ask: true })).key).toBe('sk-1');
    expect(await askedSoFar(background.database)).toMatchObject({ count: 1, whom: 'https://llm.example' });
    const tab = background.extension.openTab('https://chat.example/c/2');
    const asPage = background.content(tab) as unknown as (verb: string, body: object) => Promise<unknown>;
    for (const verb of ['assistanceTerms', 'saveAssistance'])
      expect(await asPage(verb, { ask: true })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    // Another frame of the extension, which claimed nothing.
    expect(await background.editor(tab, 13)('assistanceTerms', { ask: true })).toMatchObject({ ok: false });
  });

  it('given a model that is switched off, then its key is gone and no editor offers it', async () => {
    value(await save());
    value(await background.page('saveAssistance', { by: 'off', url: '', model: '' }));
    expect(JSON.stringify(await background.database.values.toArray())).not.toContain('sk-1');
    const { call, session } = await anEditor();
    expect(session.assistance).toBeNull();
    expect(await call('assistanceTerms', { ask: true })).toMatchObject({ ok: false, error: { code: 'off' } });
  });

  it('given a backup, then it holds no key, and what is taken from it is offered only once it was saved here', async () => {
    value(await save());
    const lines: string[] = [];
    for await (const line of exportAll(background.database, background.now)) lines.push(JSON.stringify(line));
    expect(lines.join()).not.toContain('sk-1');
    expect(lines).toContain(JSON.stringify({ assistance: { by: 'endpoint', url, model: 'qwen' } }));
    const other = await startBackground();
    await importLines(other.database, lines, { rule: siteRuleSchema, author: authorRuleSchema });
    expect(await shownAssistance(other.database)).toMatchObject({ url, hasKey: false, unconfirmed: true });
    expect(await assistanceOffer(other.database)).toBeNull();
    value(await other.page('saveAssistance', endpoint));
    expect(await assistanceOffer(other.database)).toMatchObject({ url });
  });
});
