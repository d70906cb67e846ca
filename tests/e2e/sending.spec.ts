/** The gate on a help desk: every way of sending a draft, verdicts and what is kept of them, drafts that were edited. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Policy } from '../../utils/review/policy.ts';
import { builtInProject } from '../../utils/review/project.ts';
import { type HelpDesk, startHelpDesk } from '../fixtures/help-desk/server.ts';
import { seriousFindings } from '../support/accessibility.ts';
import { until } from '../support/browser/poll.ts';
import type { Tab } from '../support/browser/types.ts';
import { editorOf, overlayOf, type Ui } from '../support/browser/ui.ts';
import { inEachBrowser } from '../support/given.ts';
import { focusedIn } from '../support/keys.ts';
import { type Hands, type Way, ways } from '../support/sending-ways.ts';
import { shot } from '../support/shots.ts';

const draftText =
  'Your order 4417 left our warehouse yesterday and arrives by Thursday. You can return it free of charge within 30 days.';

/** What the page can be asked. */
interface DeskPage {
  setUp(options: object): void;
  held(): string;
  fill(text: string): void;
  field(): HTMLElement;
  control(): HTMLElement;
  readonly sent: readonly string[];
  readonly pressed: readonly unknown[];
}

let desk: HelpDesk;
beforeAll(async () => {
  desk = await startHelpDesk();
});
afterAll(() => desk?.close());

inEachBrowser('sending', (given) => {
  const composer = { field: '#composer', send: null, enter: 'send' } as const;
  const turnOn = (more: object = {}) =>
    given.inside.call('saveSettings', {
      gateOn: [desk.origin],
      deltaOn: [],
      composers: [{ origin: desk.origin, ...composer }],
      ...more,
    });
  const setPolicies = (policies: readonly Policy[] | null) =>
    given.inside.call('setProject', {
      json: policies && JSON.stringify({ ...builtInProject, id: 'desk', name: 'Desk', policies }),
    });

  const sent = (tab: Tab) => tab.page.evaluate(() => [...(globalThis as unknown as DeskPage).sent]);
  const heldText = (tab: Tab) => tab.page.evaluate(() => (globalThis as unknown as DeskPage).held());
  const hasFrame = (tab: Tab) => tab.page.frames().some((frame) => /^(?:chrome|moz)-extension:/.test(frame.url()));

  /** Whether the gate is at work in all frames of the page at that address, or has no business there. */
  const isReady = (url: string) =>
    given.inside.evaluate(async (_root, start) => {
      type World = { [key: symbol]: { isReady: boolean } | undefined };
      type Api = {
        tabs: { query(info: object): Promise<{ id?: number; url?: string }[]> };
        scripting: { executeScript(injection: object): Promise<{ result?: unknown }[]> };
      };
      const { browser, chrome } = globalThis as unknown as { browser?: Api; chrome: Api };
      const { tabs, scripting } = browser ?? chrome;
      const tab = (await tabs.query({})).findLast((one) => one.url?.startsWith(start));
      if (tab?.id === undefined) return false;
      const frames = await scripting.executeScript({
        target: { tabId: tab.id, allFrames: true },
        func: () => (globalThis as unknown as World)[Symbol.for('composer-gate')]?.isReady ?? true,
      });
      return frames.every(({ result }) => result === true);
    }, url) as Promise<boolean>;

  async function isOpen(tab: Tab, path: string): Promise<void> {
    if (path === '/ticket') await tab.page.waitForFunction('globalThis.isReady === true');
    await until('the gate knows what to hold', () => isReady(`${desk.origin}${path}`));
  }

  async function openDesk(path = '/ticket'): Promise<{ tab: Tab; gate: Ui; notes: Ui }> {
    const tab = await given.open(`${desk.origin}${path}`);
    await isOpen(tab, path);
    return { tab, gate: editorOf(tab), notes: overlayOf(tab) };
  }

  /** Where to press what an expression on the page names, once nothing lies above it: a note goes where its field goes a frame later. */
  async function clickAt(tab: Tab, expression: string, count = 1): Promise<{ x: number; y: number }> {
    const at = await until(
      `${expression} is in sight`,
      () =>
        tab.page.evaluate(`(() => {
          const wanted = ${expression};
          const box = wanted.getBoundingClientRect();
          const at = { x: box.x + Math.min(box.width / 2, 30), y: box.y + box.height / 2 };
          let shown = wanted;
          while (shown.getRootNode() instanceof ShadowRoot) shown = shown.getRootNode().host;
          return shown.contains(document.elementFromPoint(at.x, at.y)) ? at : null;
        })()`) as Promise<{ x: number; y: number } | null>,
    );
    if (count > 0) await tab.page.mouse.click(at.x, at.y, { count });
    return at;
  }

  function handsOn(tab: Tab): Hands {
    const where = {
      send: 'control()',
      field: 'field()',
      label: `control().getRootNode().querySelector('#label')`,
      attach: `control().getRootNode().querySelector('#attach')`,
      macro: `document.querySelector('#macro')`,
    };
    return {
      page: tab.page,
      click: async (what, { count = 1 } = {}) => void (await clickAt(tab, where[what], count)),
      async tap(what) {
        const { x, y } = await clickAt(tab, where[what], 0);
        await tab.page.touchscreen.tap(x, y);
      },
      async key(key, ...modifiers) {
        for (const each of modifiers) await tab.page.keyboard.down(each as 'Shift');
        await tab.page.keyboard.press(key as 'Enter');
        for (const each of modifiers) await tab.page.keyboard.up(each as 'Shift');
      },
      run: async (script) =>
        void (await tab.page.evaluate(`(() => { const draftText = ${JSON.stringify(draftText)}; ${script} })()`)),
    };
  }

  async function putDraft(tab: Tab): Promise<void> {
    await tab.page.click('#use-draft');
    await until('the draft is in the composer', async () => (await heldText(tab)).includes('order 4417'));
  }

  async function setUp(tab: Tab, options: object = {}): Promise<void> {
    await tab.page.evaluate((given) => (globalThis as unknown as DeskPage).setUp(given), options as never);
    await until('the composer is there', () =>
      tab.page.evaluate(() => (globalThis as unknown as DeskPage).field() !== null),
    );
  }

  /** By its key, which counts once nothing was typed for a moment. */
  async function decide(tab: Tab, gate: Ui, key: string): Promise<void> {
    await gate.get('button', 'Edit');
    const taken = until(`the key ${key} is taken`, async () => {
      await tab.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 800)));
      await tab.page.keyboard.press(key as 'a');
      return until('it shows', async () => !hasFrame(tab) || (await gate.find('button', 'Back')), {
        timeoutMs: 1_500,
      }).catch(() => null);
    });
    await taken.catch(async ({ message }: Error) => {
      throw new Error(
        `${message}; the gate shows: ${await gate.text()}; the page has the focus at ${await focusedIn(tab)}`,
      );
    });
  }

  /** A text that nobody could have sent yet: how long a page that sends would have taken to. */
  async function staysUnsent(tab: Tab): Promise<void> {
    await tab.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    expect(await sent(tab)).toEqual([]);
  }

  async function goThrough(tab: Tab, gate: Ui, notes: Ui, way: Way): Promise<string> {
    const hands = handsOn(tab);
    await setUp(tab, way.setUp);
    if (!way.empty) await putDraft(tab);
    if (way.outcome === 'noticed') await notesWait(tab);
    await way.act(hands);
    if (way.outcome === 'nothing') {
      await staysUnsent(tab);
      return hasFrame(tab) ? 'held' : 'nothing';
    }
    if (way.outcome === 'free') {
      await until('it is sent', async () => (await sent(tab)).length === 1);
      return hasFrame(tab) ? 'held' : 'free';
    }
    if (way.outcome === 'noticed') {
      await until('it is sent', async () => (await sent(tab)).length === 1);
      await notes.shows('Sent without a verdict');
      return 'noticed';
    }
    await gate.get('button', 'Approve and send');
    await staysUnsent(tab);
    await decide(tab, gate, 'a');
    if (way.outcome === 'held, press again') {
      await notes.shows('Send once more');
      await staysUnsent(tab);
      await hands.key('Enter');
    }
    await until('it is sent', async () => (await sent(tab)).length > 0);
    await tab.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
    const all = await sent(tab);
    return all.length === 1 && all[0] === draftText ? way.outcome : `sent ${JSON.stringify(all)}`;
  }

  /** The gate has seen the draft: what goes past it is noticed from then on. */
  const notesWait = (tab: Tab) => tab.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_800)));

  describe('ways of sending', () => {
    beforeEach(async () => {
      await setPolicies(null);
      await turnOn();
    });

    it.each(['keys', 'buttons', 'scripts', 'places', 'beyond'] as const)(
      'given a draft, holds what it can: %s',
      async (group) => {
        const { tab, gate, notes } = await openDesk();
        const outcomes: Record<string, string> = {};
        const expected: Record<string, string> = {};
        for (const way of ways.filter((one) => one.group === group)) {
          expected[way.how] = way.outcome;
          outcomes[way.how] = await goThrough(tab, gate, notes, way).catch(
            (error: Error) => `failed: ${error.message}`,
          );
          if (outcomes[way.how] !== way.outcome) {
            await tab.reload();
            await isOpen(tab, '/ticket');
          }
        }
        const wrong = Object.entries(outcomes).filter(([how, outcome]) => outcome !== expected[how]);
        expect(outcomes, JSON.stringify(wrong)).toEqual(expected);
      },
      240_000,
    );
  });

  describe('verdicts', () => {
    const forbids: Policy = {
      ...{ id: 'free-returns', name: 'No free returns', demand: 'forbid', severity: 'critical', stage: 'draft' },
      phrases: ['free of charge'],
    };
    beforeEach(async () => {
      await setPolicies([forbids]);
      await turnOn({ gateOn: [], deltaOn: [desk.origin] });
    });
    const stored = async (count: number) => (await given.inside.revisions(count)).map(({ review }) => review);

    it('given a draft with what a policy forbids, when it is sent, says which words; it goes out only with a reason, which is kept, and the page learns none of it', async () => {
      const { tab, gate } = await openDesk();
      await putDraft(tab);
      await clickAt(tab, 'control()');
      await gate.shows('May not be sent like this');
      await gate.shows('Policy “No free returns” forbids this: “free of charge” is in the draft.');
      expect(await gate.find('button', 'Approve and send')).toBeNull();
      const surface = await tab.editor();
      expect(surface && (await seriousFindings(surface))).toEqual([]);
      await shot(tab, `gate-forbids-${given.browser}`).catch(() => {});
      expect(await tab.page.evaluate(() => document.documentElement.outerHTML.includes('No free returns'))).toBe(false);
      await gate.click('button', 'Send all the same…');
      await gate.fill('Why it is sent all the same', 'Agreed with the shop manager.');
      await gate.click('button', 'Send all the same');
      await until('it is sent', async () => (await sent(tab)).length === 1);
      const [review] = await stored(1);
      expect(review?.oversight?.gate).toEqual({ outcome: 'overridden', reason: 'Agreed with the shop manager.' });
      expect(review?.surface).toBe('composer');
    });

    it('given that draft edited so that nothing forbids it, when it is sent, goes out at once; draft and sent text are kept, and the cause by one press', async () => {
      const { tab, notes } = await openDesk();
      await putDraft(tab);
      await clickAt(tab, 'field()');
      await tab.page.keyboard.down('Control');
      await tab.page.keyboard.press('End');
      await tab.page.keyboard.up('Control');
      for (let at = 0; at < ' You can return it free of charge within 30 days.'.length; at += 1)
        await tab.page.keyboard.press('Backspace');
      await tab.page.keyboard.type(' Sorry!');
      await clickAt(tab, 'control()');
      await until('it is sent', async () => (await sent(tab)).length === 1);
      await notes.shows('of the draft kept');
      const [first] = await stored(1);
      expect(first?.judgement.verdict).toBe('correct');
      expect(first?.snapshot.text).toBe(draftText);
      expect(first?.judgement.correction).toContain('Sorry!');
      expect(first?.oversight?.delta?.kept).toBeGreaterThan(0.4);
      await notes.click('button', /Against policy/);
      const [, second] = await stored(2);
      expect(second?.judgement.labels).toEqual(['policy']);
    });

    it('given a rejected draft, keeps the verdict and sends nothing; edited and approved, keeps the edit', async () => {
      await setPolicies([{ ...forbids, id: 'look', name: 'Look first', demand: 'review', phrases: ['order'] }]);
      const { tab, gate } = await openDesk();
      await putDraft(tab);
      await clickAt(tab, 'control()');
      await gate.get('button', 'Reject');
      await decide(tab, gate, 'r');
      const [rejected] = await stored(1);
      expect(rejected?.oversight?.gate?.outcome).toBe('rejected');
      expect(await sent(tab)).toEqual([]);
      await putDraft(tab);
      await clickAt(tab, 'field()');
      await tab.page.keyboard.press('End');
      await tab.page.keyboard.type(' Mia');
      await clickAt(tab, 'control()');
      await gate.get('button', 'Approve and send');
      await decide(tab, gate, 'a');
      await until('it is sent', async () => (await sent(tab)).length === 1);
      const edited = (await stored(2)).find(({ oversight }) => oversight?.gate?.outcome === 'edited');
      expect(edited?.judgement.verdict).toBe('correct');
      expect(edited?.oversight?.delta?.kept).toBeGreaterThan(0.8);
    });

    it('given a page that forges drafts, edits, sends and approvals, keeps nothing as the agent’s', async () => {
      await setPolicies([{ ...forbids, demand: 'review' }]);
      await turnOn({ deltaOn: [desk.origin] });
      const { tab } = await openDesk();
      await tab.page.evaluate(async () => {
        const world = globalThis as unknown as DeskPage & { send(): void };
        const press = (key: string) =>
          world
            .field()
            .dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }));
        for (let round = 0; round < 5; round += 1) {
          world.fill(`Your order 44${round} is free of charge, and arrives by Thursday at the latest, I promise.`);
          for (const key of ['Backspace', 'x', 'y', 'Enter', 'a', 'o', '1']) press(key);
          world.fill(`Your order 44${round} is free of charge, and arrives by Friday at the latest, I promise.`);
          press('Enter');
          world.control().click();
          await new Promise((resolve) => setTimeout(resolve, 200));
          for (const frame of document.querySelectorAll('iframe'))
            frame.contentWindow?.postMessage({ countersign: 'claim', gate: true, token: 'f'.repeat(64) }, '*');
          world.send();
        }
        await new Promise((resolve) => setTimeout(resolve, 1_500));
      });
      expect((await given.inside.stored()).revisions).toEqual([]);
    });

    it('given a site where neither policy nor user asks, leaves every event alone', async () => {
      await setPolicies(null);
      await turnOn({ gateOn: [], deltaOn: [] });
      const { tab } = await openDesk();
      await putDraft(tab);
      await clickAt(tab, 'control()');
      await until('it is sent', async () => (await sent(tab)).length === 1);
      expect(await tab.page.evaluate(() => (globalThis as unknown as DeskPage).pressed)).toEqual([true]);
      expect(hasFrame(tab)).toBe(false);
    });
  });

  describe('a chat product', () => {
    const forbids: Policy = {
      ...{ id: 'free-returns', name: 'No free returns', demand: 'forbid', severity: 'critical', stage: 'draft' },
      phrases: ['free of charge'],
    };

    // The composer of one is an editor of its own, that of the other stands in a shadow root: both are known by rule.
    it.each(['chatscope', 'deep-chat'] as const)(
      'given what a policy forbids in the composer of %s, holds Enter; overridden, it is sent once and answered',
      async (product) => {
        await setPolicies([forbids]);
        await turnOn({ gateOn: [], composers: [] });
        const { chat, tab, editor: gate } = await given.openChat(product);
        await until('the gate knows what to hold', () => isReady(given.chats.origin));
        const asked = () =>
          tab.document.evaluate((root) => {
            const scope = root.querySelector('deep-chat')?.shadowRoot ?? root;
            const shown = scope.querySelectorAll('.user-message-text, .cs-message--outgoing .cs-message__content');
            return [...shown].filter(({ textContent }) => textContent?.includes('free of charge')).length;
          });
        await chat.ask('Can I return it free of charge?');
        await gate.shows('Policy “No free returns” forbids this: “free of charge” is in the draft.');
        expect(await asked()).toBe(0);
        await gate.click('button', 'Send all the same…');
        await gate.fill('Why it is sent all the same', 'The customer asks it themselves.');
        await gate.click('button', 'Send all the same');
        await until('it is sent', async () => (await asked()) === 1);
        await until('it is answered', async () => (await chat.answers()).length > 0);
        expect(await asked()).toBe(1);
        const [kept] = await given.inside.revisions(1);
        expect(kept?.review.oversight?.gate?.outcome).toBe('overridden');
      },
    );
  });

  describe('other places', () => {
    beforeEach(async () => {
      await setPolicies(null);
      await turnOn();
    });

    it('given a composer in a frame, holds Enter there', async () => {
      const { tab } = await openDesk('/framed');
      const frame = await until('the desk is there', () =>
        tab.page.frames().find((one) => one.url().endsWith('/ticket')),
      );
      await until('it is ready', () => frame.evaluate(() => (globalThis as { isReady?: boolean }).isReady === true));
      const inFrame = () => frame.evaluate(() => [...(globalThis as unknown as DeskPage).sent]);
      await (await frame.$('#use-draft'))?.click();
      await (await frame.$('#composer'))?.click();
      await tab.page.keyboard.press('Enter');
      // Firefox's driver does not list the extension's frame inside of a frame: what holds it does show.
      await until('it is held', () => frame.evaluate(() => document.querySelector(':root > [popover]') !== null));
      expect(await inFrame()).toEqual([]);
    });
  });
});
