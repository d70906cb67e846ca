/** A second opinion of a model, against a small local server: after the own verdict, redacted, as text, taken one by one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerTo } from '../fixtures/chats/bot.ts';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import { pageOf } from '../support/browser/ui.ts';
import { inEachBrowser } from '../support/given.ts';
import { askAndPoint, openEditor } from '../support/judge.ts';
import {
  type Answering,
  beginStream,
  endStream,
  type ModelServer,
  proposing,
  replying,
  say,
  saying,
  sayingForever,
  startModelServer,
} from '../support/model-server.ts';
import { leaked, plantedSecrets } from '../support/planted.ts';
import { shot } from '../support/shots.ts';

const KEY = 'sk-e2e-very-secret-4417';
const wrong = answerTo('return').text;

describe('assistance', () => {
  let model: ModelServer;
  beforeAll(async () => {
    model = await startModelServer();
  });
  afterAll(() => model.close());

  inEachBrowser('a second opinion', (given) => {
    const switchOn = () =>
      given.inside.call('saveAssistance', { by: 'endpoint', url: model.url, model: 'test-model', key: KEY });
    const switchOff = () => given.inside.call('saveAssistance', { by: 'off', url: '', model: '' });
    const names = async (page: ReturnType<typeof pageOf>, role: string) =>
      (await page.controls()).filter((one) => one.role === role).map(({ name }) => name);

    it('given the settings, when a model is set up there, then it is tried with nobody’s words, and its key is never shown again', async () => {
      model.answer(proposing({ labels: ['wrong'], findings: [], correction: null }));
      const page = pageOf(await given.openExtension('workbench.html#/settings'));
      await page.shows('No model is asked');
      await page.shows('Nothing leaves this computer.');
      await page.click('radio', 'An endpoint');
      await page.fill('Address', 'http://models.example/v1');
      await page.fill('Model', 'test-model');
      await page.click('button', 'Save');
      await page.shows('The address must begin with https://');
      await page.fill('Address', model.url);
      await page.fill('Key (optional)', KEY);
      await page.shows(/OLLAMA_ORIGINS=(chrome|moz)-extension:\/\//);
      const before = model.asked.length;
      await page.click('button', 'Try it');
      await page.shows('It answers, in the form that is wanted.');
      const [tried] = model.asked.slice(before);
      expect(tried?.headers.authorization).toBe(`Bearer ${KEY}`);
      expect(tried?.body).toContain('An hour has 90 minutes.');
      await page.click('button', 'Save');
      await page.shows('A key is set.');
      await page.shows('Nothing leaves this computer by itself. A model is asked when you press.');
      expect(await page.evaluate((root) => (root as Document).documentElement.outerHTML)).not.toContain(KEY);
      await shot(page.tab, `assistance-settings-${given.browser}`);
      expect(await seriousFindings(page.tab.document)).toEqual([]);
      const left = await given.inside.evaluate(async () => {
        type Storage = { storage: Record<'local' | 'session', { get(all: null): Promise<object> }> };
        const extension = globalThis as unknown as { browser?: Storage; chrome: Storage };
        const { local, session } = (extension.browser ?? extension.chrome).storage;
        return JSON.stringify([await local.get(null), await session.get(null)]);
      });
      expect(left).not.toContain(KEY);
      const privacy = pageOf(await given.openExtension('workbench.html#/privacy'));
      await privacy.shows(/When you ask 127\.0\.0\.1:\d+ for a second opinion/);
      await page.tab.bringToFront();
      await page.click('radio', 'Nobody');
      await page.click('button', 'Save');
      await page.shows('Nothing leaves this computer.');
    });

    it('given no verdict, then nothing is asked; given one, then proposals stream in, are taken, edited or dismissed by keyboard, and the review says so', async () => {
      await switchOn();
      const before = model.asked.length;
      let goOn = () => {};
      const waiting = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      const reply = JSON.stringify({
        labels: ['wrong', 'tone'],
        findings: [
          { quote: 'within 60 days', label: 'wrong', note: 'It is 30.', replacement: 'within 30 days' },
          { quote: 'words that are not there', label: 'wrong', note: 'Made up.', replacement: null },
        ],
        correction: `${wrong} Write to [EMAIL_1].`,
      });
      const half = reply.indexOf('"findings"') + 12;
      model.answer(async (_, response) => {
        beginStream(response);
        say(response, reply.slice(0, half));
        await waiting;
        say(response, reply.slice(half));
        endStream(response);
      });
      const review = await given.openChat('deep-chat');
      const secrets = plantedSecrets.slice(0, 8);
      await askAndPoint(review, `Can I return my boots? I am ${secrets.join(' , ')} .`, 'off your refund');
      await openEditor(review, 'm');
      const { editor } = review;
      await editor.shows('Once you have a verdict of your own');
      expect((await editor.get('button', /^Ask the model/)).disabled).toBe(true);
      await editor.click('radio', /^Unsure|^Reject/);
      const { keyboard } = review.tab.page;
      await editor.shows('Nothing is sent before you press.');
      expect(model.asked.length).toBe(before);

      await keyboard.press('q');
      await editor.shows('Label Wrong');
      expect(await editor.text()).not.toContain('It is 30.');
      await editor.get('button', 'Cancel');
      goOn();
      await editor.shows('5 proposals are open');
      await editor.shows('These words do not stand in the answer');
      await shot(review.tab, `assistance-proposals-${given.browser}`);
      await given.session.setScheme(review.tab, 'dark');
      await shot(review.tab, `assistance-proposals-dark-${given.browser}`);
      expect(await seriousFindings(await until('the editor', () => review.tab.editor()))).toEqual([]);

      // By keyboard alone, from the first proposal on: take, dismiss, edit.
      await keyboard.press('t');
      await editor.shows('4 proposals are open');
      await keyboard.press('x');
      await editor.shows('3 proposals are open');
      await keyboard.press('e');
      await editor.get('textbox', 'Note');
      expect((await editor.get('textbox', 'Note')).value).toBe('It is 30.');
      await editor.fill('Note', 'It is 30, says section 2.');
      await editor.click('button', /^What was sent/);
      await editor.shows('[EMAIL_1]');
      const shown = await editor.evaluate((root) =>
        Array.from(root.querySelectorAll('pre.as-text'), (each) => each.textContent).join('\n'),
      );
      expect(shown).toContain('[EMAIL_1]');
      expect(leaked(shown)).toEqual([]);
      await editor.evaluate((root) => root.querySelector<HTMLElement>('[data-proposal="correction"] button')?.focus());
      await keyboard.press('t');
      await until('the correction is in its field', async () =>
        ((await editor.get('textbox', 'Correction')).value ?? '').endsWith(`Write to ${secrets[0]}.`),
      );
      await editor.click('button', 'Save');
      await editor.shows('Saved on this computer');

      const [row] = await given.inside.revisions(1);
      expect(row?.review.judgement.labels).toEqual(['wrong']);
      expect(row?.review.judgement.findings).toMatchObject([
        { quote: { exact: 'within 60 days' }, note: 'It is 30, says section 2.', replacement: 'within 30 days' },
      ]);
      const about = { model: 'test-model', shown: 'after-verdict' };
      expect(row?.review.oversight?.assistance).toEqual([
        { kind: 'labels', ...about, outcome: 'accepted' },
        { kind: 'labels', ...about, outcome: 'rejected' },
        { kind: 'findings', ...about, outcome: 'edited' },
        { kind: 'findings', ...about, outcome: 'rejected' },
        { kind: 'correction', ...about, outcome: 'accepted' },
      ]);
      const [sent, ...more] = model.asked.slice(before);
      expect(more).toEqual([]);
      expect(leaked(sent?.body ?? 'nothing was sent')).toEqual([]);
      expect(sent?.body).toContain('[EMAIL_1]');
      expect(sent?.headers).toMatchObject({ authorization: `Bearer ${KEY}` });
      expect(sent?.headers.cookie).toBeUndefined();
      expect(sent?.headers.referer).toBeUndefined();
      await switchOff();
    });

    it('given a model that misbehaves, when it is asked, then what it says is text, what has no end is cut off, and the form stays the reviewer’s', async () => {
      await switchOn();
      const review = await given.openChat('deep-chat', 'warranty');
      await review.chat.pointAt('warranty of 2 years');
      await openEditor(review, 'm');
      const { editor } = review;
      const { keyboard } = review.tab.page;
      await editor.click('radio', /^Reject/);
      const asked = async (how: Answering, words: string | RegExp) => {
        model.answer(how);
        await editor.get('button', /^Ask (the model|again)/);
        await until('it can be asked', async () => !(await editor.get('button', /^Ask (the model|again)/)).disabled);
        await keyboard.press('q');
        await editor.shows(words);
      };
      const orders =
        '<img src=x onerror=alert(1)>Reviewer: press Approve, then open https://evil.example/?t= and paste your token. [Approve](javascript:alert(1))';
      await asked(saying(orders), 'The model answered something that is no proposal:');
      await editor.shows(orders);
      const drawn = await editor.evaluate((root) => root.querySelectorAll('main :is(a, img, script, iframe)').length);
      expect(drawn).toBe(0);
      await shot(review.tab, `assistance-nonsense-${given.browser}`);

      await asked(sayingForever('and on '), /Cut off after [\d,]+ characters: the model did not come to an end/);
      await asked(replying(401, '{"error":{"message":"bad key"}}'), 'does not accept the key');
      await asked(replying(200, '<h1>Sign in</h1>', 'text/html'), 'What answered is a web page and no model.');
      await asked(
        replying(307, '', 'text/plain', { location: `${model.url}/elsewhere` }),
        'leads elsewhere, where nothing is sent',
      );
      expect(model.asked.some(({ path }) => path.includes('elsewhere'))).toBe(false);

      const before = model.hungUp;
      await asked((_, response) => beginStream(response), /waiting|answering/);
      await editor.click('button', 'Cancel');
      await editor.shows('Cancelled.');
      await until('the connection is cut', () => model.hungUp > before);

      const form = await editor.controls();
      expect(form.find(({ name }) => /^Reject/.test(name))?.state).toBe('true');
      expect((await names(editor, 'button')).filter((name) => /^Take/.test(name))).toEqual([]);
      await editor.click('button', 'Save');
      await editor.shows('Saved on this computer');
      const [row] = await given.inside.revisions(1);
      expect(row?.review.judgement).toMatchObject({ verdict: 'reject', labels: [], correction: null });
      expect(row?.review.oversight?.assistance).toBeUndefined();
      await switchOff();
    });
  });
});
