// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failure } from '../../../utils/errors.ts';
import { aPicker, aRule, aThread } from './given.ts';

const at = (x: number, y: number) => ({ x, y });
let rows: readonly HTMLElement[];
const row = (index: number) => rows[index] as HTMLElement;
beforeEach(() => {
  rows = aThread();
});
afterEach(() => vi.useRealTimers());

describe('pointing', () => {
  it('given a word deep inside a message, when the pointer is on it, then the whole message is outlined and named', () => {
    const picker = aPicker(rows);
    picker.under(row(3).querySelector('i') as Element);
    picker.press({ do: 'point', ...at(30, 210) });
    expect(picker.view('pointing')).toMatchObject({ place: { left: 20, top: 200 }, text: 'FinText number 4' });
  });

  it('given nobody has pointed yet, then the newest message in view is outlined, so that Enter takes it', () => {
    const picker = aPicker(rows);
    expect(picker.view('pointing').text).toContain('number 6');
    picker.press('take');
    expect(picker.view('choosing').count).toBe(3);
    expect(picker.state.taken).toBe(1);
  });

  it('given the keyboard, when the reviewer goes through the page, then each step is a message, and arrows go in, out and beside', () => {
    const picker = aPicker(rows);
    const text = () => picker.view('pointing').text;
    picker.press({ do: 'candidate', step: -1 });
    expect(text()).toContain('number 5');
    picker.press({ do: 'candidate', step: 1 }, { do: 'candidate', step: 1 });
    expect(text()).toContain('number 1');
    picker.press({ do: 'beside', step: 1 });
    expect(text()).toContain('number 2');
    picker.press('descend');
    expect(text()).toBe('Fin');
    picker.press('climb', 'climb');
    expect(text()).toContain('number 6');
    expect(picker.state.left).toBe(0);
  });

  it('given nothing was taken, when the reviewer leaves, then nothing was asked and nothing is kept', () => {
    const picker = aPicker(rows);
    picker.press('leave');
    expect(picker.state.left).toBe(1);
    expect(picker.asked).toEqual([]);
  });
});

describe('choosing', () => {
  it('given an example, then the proposed rule says how many it finds, and wider and narrower ones can be had', () => {
    const picker = aPicker(rows, { example: row(1) });
    expect(picker.view('choosing')).toMatchObject({ count: 3, narrower: false, wider: true });
    expect(picker.view('choosing').matches).toHaveLength(3);
    picker.press('wider');
    expect(picker.view('choosing')).toMatchObject({ count: 6, narrower: true, wider: false });
    picker.press('wider', 'narrower');
    expect(picker.view('choosing').count).toBe(3);
  });

  it('given a match that is no answer, when the reviewer goes there and says so, then a rule without it is proposed', () => {
    const rules = [aRule('.in'), aRule('.in:not(:last-child)')];
    const picker = aPicker(rows, { rules, example: row(1) });
    expect(picker.view('choosing').count).toBe(3);
    picker.press('not');
    expect(picker.view('choosing').note).toContain('First go to the one');
    picker.press({ do: 'jump', step: -1 });
    expect(picker.view('choosing')).toMatchObject({ at: 3, note: null });
    picker.press('not');
    expect(picker.view('choosing')).toMatchObject({ count: 2, not: 1, note: null });
  });

  it('given no rule leaves it out, when the reviewer says that a match is none, then it says so and nothing changes', () => {
    const picker = aPicker(rows, { rules: [aRule('.in')], example: row(1) });
    picker.under(row(5));
    picker.press({ do: 'take', ...at(30, 330) });
    expect(picker.view('choosing').at).toBe(3);
    picker.press('not');
    expect(picker.view('choosing')).toMatchObject({ count: 3, not: 0 });
    expect(picker.view('choosing').note).toContain('No rule leaves that one out');
  });

  it('given a second example, then only rules that find both remain', () => {
    const picker = aPicker(rows, { rules: [aRule('.in'), aRule('.row')], example: row(1) });
    picker.press('another');
    expect(picker.view('pointing').more).toBe(true);
    picker.under(row(2));
    picker.press({ do: 'take', ...at(30, 150) });
    expect(picker.view('choosing')).toMatchObject({ count: 6, narrower: false, wider: false });
  });

  it('given a second example that no rule shares with the first, then the first stays, and Escape leads back too', () => {
    const picker = aPicker(rows, { rules: [aRule('.in')], example: row(1) });
    picker.press('another', 'leave');
    expect(picker.view('choosing').count).toBe(3);
    picker.press('another');
    picker.under(row(2));
    picker.press({ do: 'take', ...at(30, 150) });
    expect(picker.view('choosing')).toMatchObject({ count: 3 });
    expect(picker.view('choosing').note).toContain('The first example stays');
    expect(picker.state.left).toBe(0);
  });

  it('given what derives rules is still being loaded, when it is there, then the rule is proposed', () => {
    vi.useFakeTimers();
    const picker = aPicker(rows);
    picker.state.loaded = false;
    picker.press('take');
    expect(picker.view('choosing')).toMatchObject({ count: 0, looking: true });
    picker.state.loaded = true;
    vi.advanceTimersByTime(200);
    expect(picker.view('choosing')).toMatchObject({ count: 3, looking: false, note: null });
  });

  it('given nothing fits, then only this one can be reviewed, without any rule', () => {
    vi.useFakeTimers();
    const picker = aPicker(rows, { rules: [], example: row(1) });
    expect(picker.view('choosing')).toMatchObject({ count: 0, looking: true, note: null });
    vi.advanceTimersByTime(7_000);
    expect(picker.view('choosing')).toMatchObject({ count: 0, looking: false });
    expect(picker.view('choosing').note).toContain('can still be reviewed by itself');
    picker.press('keep');
    expect(picker.asked).toEqual([]);
    picker.press('only');
    expect(picker.state.included.map(({ element }) => element)).toEqual([row(1)]);
    expect(picker.state.left).toBe(1);
  });
});

describe('keeping', () => {
  it('given a rule, when it is kept, then it says so, can be taken back, and goes by itself', async () => {
    vi.useFakeTimers();
    const picker = aPicker(rows, { example: row(1) });
    picker.press({ do: 'keep', byPointer: true });
    await vi.waitFor(() => picker.view('kept'));
    expect(picker.kept('keepRule')).toEqual([{ rule: aRule('.in') }]);
    expect(picker.view('kept')).toEqual({
      kind: 'kept',
      words: 'Kept for this site. 3 answers on this page.',
      undo: true,
      byPointer: true,
    });
    picker.press('undo');
    await vi.waitFor(() => expect(picker.kept('keepRule')).toHaveLength(2));
    expect(picker.kept('keepRule')[1]).toEqual({ rule: null });
    await vi.waitFor(() => expect(picker.view('kept').words).toBe('Taken back. Nothing was kept.'));
    expect(picker.view('kept').undo).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(picker.state.left).toBe(1);
  });

  it('given a word on something else, then it stands there for a while, without undo where there is nothing to take back', () => {
    vi.useFakeTimers();
    const picker = aPicker(rows, { kept: { words: 'That text cannot be reviewed.', undo: null } });
    expect(picker.view('kept')).toMatchObject({ words: 'That text cannot be reviewed.', undo: false });
    vi.advanceTimersByTime(9_000);
    expect(picker.state.left).toBe(1);
    expect(picker.asked).toEqual([]);
  });

  it('given it cannot be stored, then it says why, and the choice is still there', async () => {
    const picker = aPicker(rows, { example: row(1), failure: failure('storage-full') });
    picker.press('keep');
    await vi.waitFor(() => expect(picker.view('choosing').note).not.toBeNull());
    expect(picker.view('choosing')).toMatchObject({ count: 3, busy: false });
    expect(picker.view('choosing').note).toContain(failure('storage-full').message);
  });

  it('given a row that names its author, then all messages by that name can be kept, as a rule for rows and a name', async () => {
    const author = { selector: 'b' };
    const rules = [aRule('.row', { variants: [{ id: 'pointed', assistant: '.row', author }] })];
    const picker = aPicker(rows, { rules, example: row(1) });
    expect(picker.view('choosing').author).toEqual({ name: 'Fin', count: 2 });
    picker.press('author');
    await vi.waitFor(() => picker.view('kept'));
    expect(picker.kept('keepRule')).toEqual([
      { rule: aRule('.row', { variants: [{ id: 'pointed', author, row: '.row' }] }) },
    ]);
    expect(picker.kept('keepAuthor')).toEqual([{ site: window.origin, author: 'Fin', is: 'assistant' }]);
    picker.press('undo');
    await vi.waitFor(() => expect(picker.kept('keepAuthor')).toHaveLength(2));
    expect(picker.kept('keepAuthor')[1]).toEqual({ site: window.origin, author: 'Fin', is: null });
  });

  it('given an author of whom the site’s own rule knows nothing, then naming them takes no rule', async () => {
    const authors = [{ name: 'Fin', site: 'intercom', elements: [row(1), row(3)] }];
    const picker = aPicker(rows, { authors, example: row(3) });
    expect(picker.view('choosing').author).toEqual({ name: 'Fin', count: 2 });
    picker.press('author');
    await vi.waitFor(() => picker.view('kept'));
    expect(picker.kept('keepRule')).toEqual([]);
    expect(picker.kept('keepAuthor')).toEqual([{ site: 'intercom', author: 'Fin', is: 'assistant' }]);
  });
});
