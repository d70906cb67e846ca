/**
 * Ways of sending a draft, each with what the gate makes of it. `docs/gate.md` shows this table, `sending.spec.ts` goes
 * through it in every browser.
 */
import type { Page } from 'puppeteer-core';

/**
 * `held`: nothing goes out before a verdict; once approved, it goes out once, by itself. `held, press again`: the page then
 * takes only another press of a person. `free`: it goes out at once, since nothing governs it. `nothing`: it is no way of
 * sending, and the gate stays out of it. `noticed`: it cannot be held; the gate sees that it went out, says so, and puts it
 * into the queue.
 */
export type Outcome = 'held' | 'held, press again' | 'free' | 'nothing' | 'noticed';

/** Options of the help desk's `setUp`. */
type SetUp = Readonly<Record<string, unknown>>;

/** Hands on the page. */
export interface Hands {
  readonly page: Page;
  /** Clicks what an expression on the page names. */
  click(what: 'send' | 'field' | 'label' | 'attach' | 'macro', how?: { readonly count?: number }): Promise<void>;
  tap(what: 'send'): Promise<void>;
  key(key: string, ...modifiers: readonly string[]): Promise<void>;
  run(script: string): Promise<void>;
}

export interface Way {
  readonly how: string;
  readonly outcome: Outcome;
  readonly setUp?: SetUp;
  /** What is done after the draft stands in the composer. */
  readonly act: (hands: Hands) => Promise<void>;
  /** The composer is empty at first: `act` writes. */
  readonly empty?: true;
  readonly group: 'keys' | 'buttons' | 'scripts' | 'places' | 'beyond';
  /** The way is described as it is, for the table. */
  readonly remark?: string;
}

const enter = async ({ click, key }: Hands) => {
  await click('field');
  await key('Enter');
};
const press = ({ click }: Hands) => click('send');
const dispatch = (what: string) => (hands: Hands) => hands.run(what);

export const ways: readonly Way[] = [
  { group: 'keys', how: 'Enter in a rich editor (ProseMirror)', outcome: 'held', act: enter },
  { group: 'keys', how: 'Enter in a text area (React)', outcome: 'held', setUp: { editor: 'textarea' }, act: enter },
  { group: 'keys', how: 'Enter in an editable element', outcome: 'held', setUp: { editor: 'editable' }, act: enter },
  {
    group: 'keys',
    how: 'Ctrl+Enter',
    outcome: 'held',
    setUp: { enter: 'line' },
    async act({ click, key }) {
      await click('field');
      await key('Enter', 'Control');
    },
  },
  {
    group: 'keys',
    how: 'Shift+Enter in a rich editor',
    outcome: 'nothing',
    remark: 'a new line',
    async act({ click, key }) {
      await click('field');
      await key('Enter', 'Shift');
    },
  },
  {
    group: 'keys',
    how: 'Shift+Enter in a text area',
    outcome: 'nothing',
    remark: 'a new line',
    setUp: { editor: 'textarea' },
    async act({ click, key }) {
      await click('field');
      await key('Enter', 'Shift');
    },
  },
  {
    group: 'keys',
    how: 'Enter held down, so that it repeats',
    outcome: 'held',
    remark: 'asked once',
    async act({ page, click }) {
      await click('field');
      for (let at = 0; at < 4; at += 1) await page.keyboard.down('Enter');
      await page.keyboard.up('Enter');
    },
  },
  {
    group: 'keys',
    how: 'Enter that ends a composition of an input method',
    outcome: 'nothing',
    remark: 'it chooses a word',
    setUp: { editor: 'textarea' },
    act: dispatch(
      `field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true, composed: true }))`,
    ),
  },
  {
    group: 'keys',
    how: 'Enter in a field of a form',
    outcome: 'held',
    setUp: { editor: 'input', form: true },
    act: enter,
  },
  {
    group: 'keys',
    how: 'Enter, where the page sends on keyup',
    outcome: 'held',
    setUp: { editor: 'editable', enter: null, listen: 'keyup' },
    act: enter,
  },
  {
    group: 'keys',
    how: 'Enter, where the page sends on beforeinput (insertParagraph)',
    outcome: 'held, press again',
    setUp: { editor: 'editable', enter: null, listen: 'beforeinput' },
    act: enter,
  },
  {
    group: 'keys',
    how: 'Enter, heard by the page on the document, bubbling',
    outcome: 'held',
    setUp: { editor: 'editable', enter: null, listen: 'bubble' },
    act: enter,
  },
  {
    group: 'keys',
    how: 'Enter, heard by the page on the document, capturing',
    outcome: 'held',
    setUp: { enter: null, listen: 'document' },
    act: enter,
  },
  {
    group: 'keys',
    how: 'Enter, heard by the page on the window, capturing',
    outcome: 'held',
    setUp: { enter: null, listen: 'window' },
    act: enter,
  },

  { group: 'buttons', how: 'a click on the button', outcome: 'held', act: press },
  {
    group: 'buttons',
    how: 'a double click',
    outcome: 'held',
    remark: 'sent once',
    act: ({ click }) => click('send', { count: 2 }),
  },
  { group: 'buttons', how: 'a button that shows an icon only', outcome: 'held', setUp: { button: 'icon' }, act: press },
  {
    group: 'buttons',
    how: 'an element with the role of a button, in German',
    outcome: 'held',
    setUp: { button: 'div' },
    act: press,
  },
  { group: 'buttons', how: 'a disabled button', outcome: 'nothing', setUp: { disabled: true }, act: press },
  { group: 'buttons', how: 'the label of the button', outcome: 'held', act: ({ click }) => click('label') },
  {
    group: 'buttons',
    how: 'Enter on the focused button',
    outcome: 'held',
    async act({ run, key }) {
      await run('control().focus()');
      await key('Enter');
    },
  },
  {
    group: 'buttons',
    how: 'Space on the focused button',
    outcome: 'held',
    async act({ run, key }) {
      await run('control().focus()');
      await key(' ');
    },
  },
  { group: 'buttons', how: 'a touch on the button', outcome: 'held', act: ({ tap }) => tap('send') },
  {
    group: 'buttons',
    how: 'a button that sends on pointerdown',
    outcome: 'held',
    setUp: { on: ['pointerdown'] },
    act: press,
  },
  {
    group: 'buttons',
    how: 'a button that sends on mousedown',
    outcome: 'held',
    setUp: { on: ['mousedown'] },
    act: press,
  },
  { group: 'buttons', how: 'a button that sends on mouseup', outcome: 'held', setUp: { on: ['mouseup'] }, act: press },
  { group: 'buttons', how: 'the submit button of a form', outcome: 'held', setUp: { form: true }, act: press },
  {
    group: 'buttons',
    how: 'another button beside it (Attach)',
    outcome: 'nothing',
    remark: 'it is pressed as ever',
    act: ({ click }) => click('attach'),
  },

  {
    group: 'scripts',
    how: 'the page calls click() on the button',
    outcome: 'held',
    act: dispatch('control().click()'),
  },
  {
    group: 'scripts',
    how: 'the page dispatches Enter',
    outcome: 'held',
    act: dispatch(
      `field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true, composed: true }))`,
    ),
  },
  {
    group: 'scripts',
    how: 'the page calls requestSubmit() on the form',
    outcome: 'held',
    setUp: { editor: 'input', form: true },
    act: dispatch('field().form.requestSubmit()'),
  },
  {
    group: 'scripts',
    how: 'the page dispatches beforeinput (insertParagraph)',
    outcome: 'held, press again',
    setUp: { editor: 'editable', enter: null, listen: 'beforeinput' },
    act: dispatch(
      `field().dispatchEvent(new InputEvent('beforeinput', { inputType: 'insertParagraph', bubbles: true, cancelable: true, composed: true }))`,
    ),
  },
  {
    group: 'scripts',
    how: 'a draft is pasted, then Enter',
    outcome: 'held',
    empty: true,
    async act({ page, click, run, key }) {
      await click('field');
      await run(`const data = new DataTransfer(); data.setData('text/plain', draftText);
        field().dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, dataType: 'text/plain', data: draftText, bubbles: true, cancelable: true, composed: true }))`);
      await page.waitForFunction('held().length > 20');
      await key('Enter');
    },
  },

  {
    group: 'places',
    how: 'a composer in an open shadow root, its button',
    outcome: 'held',
    setUp: { editor: 'textarea', root: 'open' },
    act: press,
  },
  {
    group: 'places',
    how: 'a composer in an open shadow root, Enter',
    outcome: 'held',
    setUp: { editor: 'textarea', root: 'open' },
    act: enter,
  },
  {
    group: 'places',
    how: 'a composer in a closed shadow root, its button',
    outcome: 'held',
    setUp: { editor: 'textarea', root: 'closed' },
    act: press,
  },
  {
    group: 'places',
    how: 'a composer in a closed shadow root, Enter',
    outcome: 'held',
    setUp: { editor: 'textarea', root: 'closed' },
    act: enter,
  },
  {
    group: 'places',
    how: 'a form in a shadow root, submitted by the page',
    outcome: 'held',
    setUp: { editor: 'input', form: true, root: 'open' },
    act: dispatch('field().form.requestSubmit()'),
  },
  {
    group: 'places',
    how: 'a composer that the page has rendered anew',
    outcome: 'held',
    async act({ page, run, click }) {
      await run('rebuild()');
      await page.waitForFunction('held().length > 20');
      await click('send');
    },
  },
  {
    group: 'places',
    how: 'typed by the agent, without a draft',
    outcome: 'free',
    empty: true,
    async act({ page, click, key }) {
      await click('field');
      await page.keyboard.type('Good morning, I have asked the warehouse and will write again today.');
      await key('Enter');
    },
  },
  {
    group: 'beyond',
    how: 'a button without any name',
    outcome: 'noticed',
    remark: 'held once it was pointed at',
    setUp: { button: 'nameless' },
    act: press,
  },
  {
    group: 'beyond',
    how: 'the page’s own code, past button and key (a macro)',
    outcome: 'noticed',
    act: ({ click }) => click('macro'),
  },
];

/** Those that need a page of their own; the spec names each. */
export const otherWays: readonly Pick<Way, 'how' | 'outcome' | 'remark'>[] = [
  { how: 'a composer in a frame, Enter', outcome: 'held' },
];

/** The table as `docs/gate.md` shows it. */
export function tableOfWays(): string {
  const rows = [...ways, ...otherWays].map(
    ({ how, outcome, remark }) => `| ${how} | ${outcome}${remark ? `: ${remark}` : ''} |`,
  );
  return ['| way of sending | what the gate makes of it |', '| --- | --- |', ...rows].join('\n');
}
