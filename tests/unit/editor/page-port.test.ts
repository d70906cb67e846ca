// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { joinPage } from '../../../entrypoints/editor/page-port.ts';
import { Desk } from '../../../utils/editing/desk.ts';
import { Editor } from '../../../utils/editing/editor.ts';
import { type Background, startBackground, value } from '../../support/background.ts';
import { aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';

const text = 'Refunds take 14 days. Shipping is free.';
let background: Background;
let tab: FakeTab;

beforeEach(async () => {
  background = await startBackground();
  tab = background.extension.openTab('https://chat.example/c/1');
  background.extension.grant('https://chat.example/*');
  tab.overlay = true;
});

/** An editor whose page's end of the line is in the test's hand. */
async function joined() {
  const { token } = value(
    await background.content(tab)('openEditor', {
      responseKey: 'chat.example|1|a',
      snapshot: aSnapshot({ text }),
      startWith: 'verdict',
      visibility: 'verified',
    }),
  );
  const call = background.editor(tab, 11);
  const editor = new Editor(value(await call('claimEditor', { token })), { call });
  const desk = new Desk(editor);
  const told: unknown[] = [];
  let shown = 0;
  const port = { postMessage: (message: unknown) => told.push(message), onmessage: null, close() {} };
  const gone = new AbortController();
  joinPage(port as unknown as MessagePort, { desk, onSelect: () => shown++ }, gone.signal);
  const say = (data: unknown) => (port.onmessage as unknown as (event: { data: unknown }) => void)({ data });
  return { editor, desk, told, say, gone, shown: () => shown };
}

describe('the line to the page', () => {
  it('tells where findings are and which is meant, and never a word of them', async () => {
    const { editor, desk, told } = await joined();
    const id = editor.addFinding(13, 20, 'wrong') as string;
    editor.changeFinding(id, { note: 'A secret note', replacement: 'thirty' }, 'note');
    desk.hovered.value = id;
    expect(told).toEqual([
      { say: 'findings', findings: [] },
      { say: 'findings', findings: [{ id, start: 13, end: 20, severity: 'major' }] },
      { say: 'point', id },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/14 days|secret|thirty|wrong/);
  });

  it('takes what is selected on the page as a proposal: nothing is a finding before the reviewer says so', async () => {
    const { editor, desk, say, shown } = await joined();
    say({ say: 'select', start: 13, end: 20 });
    expect(desk.selected.value).toEqual({ start: 13, end: 20, from: 'page' });
    expect(shown()).toBe(1);
    expect(editor.form.value.findings).toEqual([]);
    expect(editor.dirty.value).toBe(false);
    desk.take('wrong');
    expect(editor.form.value.findings[0]?.quote.exact).toBe('14 days');
  });

  it.each([
    null,
    'select',
    7,
    [],
    { say: 'select' },
    { say: 'select', start: -1, end: 4 },
    { say: 'select', start: 5, end: 4 },
    { say: 'select', start: 0, end: 1e9 },
    { say: 'select', start: '0', end: { valueOf: () => 3 }, note: 'x' },
    { say: 'point', id: { toString: () => 'x' } },
    { say: 'findings', findings: [{ id: 'x', start: 0, end: 3, severity: 'critical' }] },
    { say: 'save' },
  ])('is not moved by %j', async (message) => {
    const { editor, desk, say } = await joined();
    const { selected } = desk;
    say(message);
    expect(editor.form.value.findings).toEqual([]);
    expect(selected.value === null || selected.value.end <= text.length).toBe(true);
    expect(desk.pointed.value).toBeNull();
  });

  it('shows the finding that the pointer is on there, and is silent once it is over', async () => {
    const { editor, desk, say, told, gone } = await joined();
    const id = editor.addFinding(0, 7, null);
    say({ say: 'point', id });
    expect(desk.pointed.value).toBe(id);
    gone.abort();
    const before = told.length;
    editor.addFinding(8, 12, null);
    expect(told).toHaveLength(before);
  });
});
