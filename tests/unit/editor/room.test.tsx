// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from '../../../entrypoints/editor/app.tsx';
import { Room, type RoomParts } from '../../../entrypoints/editor/room.ts';
import type { VisibilityGate } from '../../../entrypoints/editor/visibility-gate.ts';
import type { Snapshot } from '../../../utils/review/schema.ts';
import { type Background, startBackground, value } from '../../support/background.ts';
import { aSnapshot } from '../../support/builders.ts';
import type { FakeTab } from '../../support/fake-extension.ts';

let background: Background;
let tab: FakeTab;
let frames: number;
let gone: AbortController;

beforeEach(async () => {
  background = await startBackground();
  // What the editor offers, such as undo, goes by the clock on the wall: it stands still, however long a test takes.
  vi.useFakeTimers({ toFake: ['Date'], now: background.now });
  tab = background.extension.openTab('https://chat.example/c/1');
  background.extension.grant('https://chat.example/*');
  tab.overlay = true;
  frames = 10;
  gone = new AbortController();
});

afterEach(() => {
  gone.abort();
  cleanup();
  vi.useRealTimers();
});

/** A gate of a browser that sees, or does not. */
const aGate = (sight: VisibilityGate['sight']) => ({ sight, watch: () => {} }) as unknown as VisibilityGate;

/** The editor on the screen, used by a person unless `parts` say otherwise. */
async function open(
  parts: Partial<RoomParts> = { isReal: () => true },
  { snapshot = {}, startWith = 'verdict' }: { snapshot?: Partial<Snapshot>; startWith?: 'verdict' | 'correction' } = {},
) {
  const { token } = value(
    await background.content(tab)('openEditor', {
      responseKey: 'chat.example|1|a',
      snapshot: aSnapshot({ text: 'Refunds take 14 days.', ...snapshot }),
      startWith,
      visibility: 'verified',
    }),
  );
  const call = background.editor(tab, ++frames);
  const session = value(await call('claimEditor', { token }));
  const room = new Room(session, { call, gate: aGate('verified'), ...parts });
  const view = render(<App room={room} opened={background.now} />);
  room.start(gone.signal);
  room.focusFirst();
  return { room, view };
}

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const correction = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Correction' });
const checked = (group: string) =>
  within(screen.getByRole('radiogroup', { name: group }))
    .getAllByRole('radio')
    .find((radio) => radio.getAttribute('aria-checked') === 'true')?.textContent ?? null;
const stored = async () => (await background.database.revisions.toArray()).map((row) => row.review);

/** A key as a person presses it: on what has the focus. */
const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });

describe('the editor on the screen', () => {
  it('says where the work stands, from the first word to the undo', async () => {
    await open();
    expect(screen.getByText('Not saved yet')).toBeTruthy();
    fireEvent.input(correction(), { target: { value: 'Refunds take 30 days.' } });
    await screen.findByText('Not saved yet · Draft kept');
    fireEvent.click(button('Save'));
    await screen.findByText('Saved on this computer');
    const said = screen.getAllByRole('status').map((status) => status.textContent);
    expect(said.filter(Boolean)).toEqual(['Saved on this computer']);
    fireEvent.click(button('Undo'));
    await screen.findByText(/^Taken back/);
    expect(await stored()).toEqual([]);
    expect(correction().value).toBe('Refunds take 30 days.');
  });

  it('shows what a correction changes, and can hide it', async () => {
    await open();
    fireEvent.input(correction(), { target: { value: 'Refunds take 30 days.' } });
    const changes = await screen.findByRole('region', { name: 'Changes to the answer' });
    expect(changes.querySelector('del')?.textContent).toBe('14');
    expect(checked('Verdict')).toContain('Correct');
    fireEvent.click(button('Hide changes'));
    expect(screen.queryByRole('region', { name: 'Changes to the answer' })).toBeNull();
  });

  it('tells how the answer was judged before', async () => {
    const first = await open();
    fireEvent.click(screen.getByRole('radio', { name: 'Reject' }));
    fireEvent.click(button('Save'));
    await screen.findByText('Saved on this computer');
    gone.abort();
    first.view.unmount();
    gone = new AbortController();

    await open();
    expect(screen.getByText(/^You rejected this .* · Revision 1$/)).toBeTruthy();
    expect(checked('Verdict')).toContain('Reject');
  });

  it.each([
    [{}, [], /stays on this computer/, 'Kept, 28 characters'],
    [{ prompt: null }, ['Team'], /goes to Team/, 'None was found before this answer'],
  ] as const)('says what will be stored and where it goes (%#)', async (change, names, goes, prompt) => {
    for (const name of names) {
      const url = 'https://feedback.example/v1/events';
      value(await background.page('saveDestination', { id: null, name, connector: 'countersign', url }));
    }
    await open({}, { snapshot: change });
    expect(screen.getByText(goes)).toBeTruthy();
    expect(screen.getByText(prompt)).toBeTruthy();
    expect(screen.getByText(/^https:\/\/chat\.example\/c\/1/)).toBeTruthy();
    expect(screen.getByText(/^Site rule example, version 1/)).toBeTruthy();
  });

  it('says when only a part of the answer is here', async () => {
    await open({}, { snapshot: { truncated: true, length: 1_048_576 } });
    expect(screen.getByText('The answer has 1,048,576 characters; the first 21 are here.')).toBeTruthy();
  });

  it('says what is missing, and leads there', async () => {
    await open({ isReal: () => true }, { startWith: 'correction' });
    expect(document.activeElement).toBe(correction());
    fireEvent.click(button('Save'));
    expect(await screen.findByText('Choose a verdict first.')).toBeTruthy();
    expect(document.activeElement?.getAttribute('role')).toBe('radio');
  });
});

describe('a judgement', () => {
  it('is not made by a script: its clicks and keys do nothing', async () => {
    const { room } = await open({});
    fireEvent.click(screen.getByRole('radio', { name: 'Approve' }));
    fireEvent.click(button('Wrong'));
    press('a');
    press('1');
    press('Enter', { ctrlKey: true });
    fireEvent.click(button('Save'));
    expect(room.editor.judgement.value).toMatchObject({ verdict: null, labels: [] });
    expect(room.editor.refusal.value).toBeNull();
    expect(await stored()).toEqual([]);
  });

  it('is not saved by a click on a button that nobody could see, but by a key', async () => {
    await open({ isReal: () => true, gate: aGate('hidden') });
    press('a');
    fireEvent.click(button('Save'), { detail: 1 });
    expect(await screen.findByText(/^Not saved: the button was covered/)).toBeTruthy();
    expect(await stored()).toEqual([]);
    press('Enter', { ctrlKey: true });
    await screen.findByText('Saved on this computer');
    expect((await stored())[0]?.visibility).toBe('unverified');
  });

  it('is marked as verified where the browser saw the button', async () => {
    await open();
    press('a');
    fireEvent.click(button('Save'), { detail: 1 });
    await screen.findByText('Saved on this computer');
    expect((await stored())[0]).toMatchObject({ visibility: 'verified', judgement: { verdict: 'approve' } });
  });
});

describe('the keyboard', () => {
  it('does the whole job', async () => {
    await open();
    press('r');
    press('1');
    press('6');
    screen.getByRole('radio', { name: '1, unusable' }).focus();
    press('2');
    press('Enter', { metaKey: true });
    await screen.findByText('Saved on this computer');
    expect((await stored())[0]?.judgement).toMatchObject({
      verdict: 'reject',
      labels: ['wrong', 'tone'],
      ratings: [{ dimension: 'quality', value: 2 }],
    });
  });

  it('writes digits and letters where somebody types, and judges there with the chord', async () => {
    const { room } = await open({ isReal: () => true }, { startWith: 'correction' });
    press('1');
    press('r');
    expect(room.editor.judgement.value).toMatchObject({ verdict: null, labels: [] });
    press('R', { altKey: true, shiftKey: true });
    // The test's document takes any Alt for AltGr, but only with Ctrl that means AltGr.
    expect(room.editor.judgement.value.verdict).toBe('reject');
  });

  it('walks through the parts with F6, both ways', async () => {
    await open();
    const seen: (string | null)[] = [];
    for (let step = 0; step < 6; step++) {
      press('F6');
      const here = document.activeElement;
      seen.push(here?.closest('[id^=ed-]')?.id ?? null);
    }
    expect(seen).toEqual(['ed-labels', 'ed-answer', 'ed-correction', 'ed-comment', 'ed-save', 'ed-verdict']);
    press('F6', { shiftKey: true });
    expect(document.activeElement?.textContent).toContain('Save');
  });

  it('closes with Escape, once the draft is kept', async () => {
    await open();
    press('u');
    press('Escape');
    await waitFor(() => expect(tab.pushes.at(-1)?.push).toEqual({ push: 'closeEditor' }));
    expect((await background.database.drafts.toArray())[0]?.judgement.verdict).toBe('unsure');
  });
});

describe('the trace of the answer, by keyboard alone', () => {
  const id = '5b8efff798038103d269b633813fc60c';
  const part = () => document.querySelector('#ed-trace summary') as HTMLElement;
  const field = () => screen.findByRole<HTMLInputElement>('textbox', { name: 'Trace of this answer' });

  /** As a press of Enter on it does; happy-dom opens nothing by itself. */
  const opened = async () => {
    const details = part().closest('details') as HTMLDetailsElement;
    details.open = true;
    fireEvent(details, new Event('toggle'));
    return field();
  };

  it('says that none is known, and takes a pasted link', async () => {
    await open();
    expect(part().textContent).toBe('Trace · none known');
    const input = await opened();
    await waitFor(() => expect(document.activeElement).toBe(input));
    fireEvent.input(input, { target: { value: `http://localhost:6006/projects/p1/traces/${id}` } });
    expect(part().textContent).toBe('Trace · changed by you');
    expect(screen.getByText(`Trace ${id}.`)).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: 'Reject' }));
    fireEvent.click(button('Save'));
    await screen.findByText('Saved on this computer');
    expect((await stored())[0]?.snapshot.trace).toEqual({ id, byHand: true });
    expect(part().textContent).toBe(`Trace · ${id}`);
  });

  it('given what is no trace, says so at the field and at the save button, which goes back to it', async () => {
    await open();
    fireEvent.input(await opened(), { target: { value: 'the one from yesterday' } });
    expect(screen.getByText('This is no id of a trace, and no link to one.')).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: 'Reject' }));
    fireEvent.click(button('Save'));
    await screen.findByText(/^What is typed as the trace is no id of one/);
    expect((await field()).getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(part());
    expect(await stored()).toEqual([]);
  });
});
