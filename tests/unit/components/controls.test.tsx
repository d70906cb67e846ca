// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keyName } from '../../../components/controls/kbd.tsx';
import { Segmented } from '../../../components/controls/segmented.tsx';
import { TextArea } from '../../../components/controls/text-area.tsx';
import { ToggleChip } from '../../../components/controls/toggle-chip.tsx';

afterEach(cleanup);

const options = ['one', 'two', 'three'].map((value) => ({ value, label: value }));

function Choice({ onPick = () => {} }: { readonly onPick?: (value: string) => void }) {
  const [value, setValue] = useState<string | null>(null);
  const pick = (next: string) => {
    setValue(next);
    onPick(next);
  };
  return <Segmented label="Number" options={options} value={value} onPick={pick} />;
}

describe('a segmented control', () => {
  const radios = () => screen.getAllByRole('radio');

  it('is one stop for the Tab key, at the picked option or else the first', () => {
    render(<Choice />);
    expect(radios().map((radio) => radio.tabIndex)).toEqual([0, -1, -1]);
    fireEvent.click(radios()[1] as HTMLElement);
    expect(radios().map((radio) => radio.tabIndex)).toEqual([-1, 0, -1]);
    expect(radios().map((radio) => radio.getAttribute('aria-checked'))).toEqual(['false', 'true', 'false']);
  });

  it('moves and picks with the arrow keys, round the ends', () => {
    const picked = vi.fn();
    render(<Choice onPick={picked} />);
    radios()[0]?.focus();
    fireEvent.keyDown(radios()[0] as HTMLElement, { key: 'ArrowLeft' });
    expect(document.activeElement).toBe(radios()[2]);
    fireEvent.keyDown(radios()[2] as HTMLElement, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(radios()[0]);
    expect(picked.mock.calls).toEqual([['three'], ['one']]);
  });

  it('leaves arrow keys with modifiers to the browser', () => {
    const picked = vi.fn();
    render(<Choice onPick={picked} />);
    fireEvent.keyDown(radios()[0] as HTMLElement, { key: 'ArrowLeft', altKey: true });
    expect(picked).not.toHaveBeenCalled();
  });
});

describe('small controls', () => {
  it('write keys as people know them', () => {
    expect(['a', 'Ctrl+Enter', '⌘+Enter', 'arrowup', 'F6', '+'].map(keyName)).toEqual([
      ...['A', 'Ctrl ↵', '⌘ ↵', '↑', 'F6', '+'],
    ]);
  });

  it('keep the key out of the name of a chip', () => {
    render(<ToggleChip label="Wrong" keys="1" pressed={true} onToggle={() => {}} />);
    const chip = screen.getByRole('button', { name: 'Wrong' });
    expect(chip.getAttribute('aria-pressed')).toBe('true');
    expect(chip.getAttribute('aria-keyshortcuts')).toBe('1');
  });

  it('let text find its own direction', () => {
    render(<TextArea id="t" value="مرحبا" onInput={() => {}} />);
    expect(screen.getByRole('textbox').dir).toBe('auto');
  });
});
