// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MarkButton } from '../../../components/toolbar/mark-button.tsx';
import { Toolbar, type ToolbarProps } from '../../../components/toolbar/toolbar.tsx';
import type { Legend, ToolbarView } from '../../../components/toolbar/view.ts';
import { failure } from '../../../utils/errors.ts';
import type { Mark } from '../../../utils/review/mark.ts';
import { defaultRubric } from '../../../utils/review/rubric.ts';
import { defaultSettings } from '../../../utils/storage/settings-shape.ts';

afterEach(cleanup);

const { keys, singleKeys, chord } = defaultSettings;
const legend: Legend = { keys, singleKeys, chord, labels: defaultRubric.labels };
const mark: Mark = {
  responseKey: 'a',
  reviewId: 'r',
  revision: 1,
  verdict: 'reject',
  labels: ['wrong', 'tone'],
  findings: 0,
};

function shown(view: ToolbarView, change: Partial<ToolbarProps> = {}) {
  const onTouch = vi.fn();
  const onPress = vi.fn();
  render(<Toolbar view={view} legend={legend} hint={null} onTouch={onTouch} onPress={onPress} {...change} />);
  return { onTouch, onPress };
}
const names = () =>
  screen
    .getAllByRole('button')
    .flatMap((button) => within(button).queryAllByText(/^\p{L}/u, { selector: '.word' }))
    .map(({ textContent }) => textContent);
const button = (name: string) => screen.getByRole('button', { name: new RegExp(`^${name}`) });

describe('the toolbar', () => {
  it('given a part of the answer is selected, then it offers to mark it, before the choices, which stay where they are', () => {
    shown({ kind: 'choose', mark: null, note: '', selected: true });
    expect(names()).toEqual(['Mark', 'Approve', 'Reject', 'Correct', 'Unsure', 'More']);
    expect(button('Mark').getAttribute('aria-keyshortcuts')).toBe('F Alt+Shift+F');
  });

  it('given an answer without a review, then it offers the five choices with their keys', () => {
    shown({ kind: 'choose', mark: null, note: '' });
    expect(names()).toEqual(['Approve', 'Reject', 'Correct', 'Unsure', 'More']);
    expect(screen.getByRole('toolbar', { name: 'Review this answer' })).toBeTruthy();
    expect(button('Approve').getAttribute('aria-keyshortcuts')).toBe('A Alt+Shift+A');
    expect(button('Approve').getAttribute('aria-pressed')).toBe('false');
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('given an answer with a review, then it says what it was and presses its control', () => {
    shown({ kind: 'choose', mark, note: '' });
    expect(screen.getByRole('status').textContent).toBe('Your review: Rejected · Wrong, Tone');
    expect(button('Reject').getAttribute('aria-pressed')).toBe('true');
    expect(button('Approve').getAttribute('aria-pressed')).toBe('false');
  });

  it('given single keys switched off, then only the chord is announced and no key is shown', () => {
    shown({ kind: 'choose', mark: null, note: '' }, { legend: { ...legend, singleKeys: false } });
    expect(button('Approve').getAttribute('aria-keyshortcuts')).toBe('Alt+Shift+A');
    expect(button('Approve').textContent).toBe('Approve');
  });

  it('given more reasons than digits, then nine have one, and the editor has the rest', () => {
    const labels = Array.from({ length: 12 }, (_, index) => ({ id: `l${index}`, name: `Reason ${index}` }));
    const { onPress } = shown({ kind: 'reasons' }, { legend: { ...legend, labels } });
    expect(names()).toEqual([...labels.slice(0, 9).map(({ name }) => name), 'No reason', 'Back']);
    expect(button('Back').getAttribute('aria-keyshortcuts')).toBe('Escape');
    button('Reason 2').click();
    expect(onPress).toHaveBeenCalledWith('label:l2', expect.anything());
  });

  it('given a saved judgement, then it says so politely and counts the seconds silently', () => {
    shown({ kind: 'saved', mark, seconds: 7 });
    expect(screen.getByRole('status').textContent).toBe('Rejected · Wrong, Tone · Saved on this computer');
    expect(names()).toEqual(['Undo']);
    expect(screen.getByText('7 s').getAttribute('aria-hidden')).toBe('true');
  });

  it('given a failure, then it is said in words with the next step, and can be retried', () => {
    const problem = failure('storage-full');
    shown({ kind: 'failed', failure: problem });
    expect(screen.getByRole('status').textContent).toBe(`${problem.message} ${problem.next}`);
    expect(names()).toEqual(['Try again', 'Dismiss']);
  });

  it('given an answer that grows, then it is quiet and offers More', () => {
    shown({ kind: 'writing' });
    expect(screen.getByRole('status').textContent).toBe('Answer still being written');
    expect(names()).toEqual(['More']);
  });

  it('given a hint, then it stands instead of the view’s own sentence', () => {
    shown({ kind: 'choose', mark, note: '' }, { hint: 'Just moved. Press again.' });
    expect(screen.getByRole('status').textContent).toBe('Just moved. Press again.');
  });

  it('given a pointer on a control’s inside, when it goes down and up, then both are told with the command', () => {
    const { onTouch, onPress } = shown({ kind: 'choose', mark: null, note: '' });
    const inside = screen.getByText('Correct');
    inside.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true }));
    inside.click();
    expect(onTouch).toHaveBeenCalledWith('correct', expect.anything());
    expect(onPress).toHaveBeenCalledWith('correct', expect.anything());
    screen.getByRole('status').click();
    expect(onPress).toHaveBeenCalledOnce();
  });
});

describe('a mark', () => {
  it('given a review, then it says whose and what, and opens it', () => {
    const onPress = vi.fn();
    render(<MarkButton mark={mark} labels={legend.labels} left={10} top={20} onPress={onPress} />);
    screen.getByRole('button', { name: 'Your review: Rejected · Wrong, Tone. Open it.' }).click();
    expect(onPress).toHaveBeenCalledOnce();
  });
});
