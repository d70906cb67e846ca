// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Confirm } from '../../../components/controls/confirm.tsx';
import { Switch } from '../../../components/controls/switch.tsx';
import { KeyField } from '../../../components/settings/key-field.tsx';
import { VirtualList } from '../../../components/workbench/virtual-list.tsx';
import { defaultSettings } from '../../../utils/storage/default-settings.ts';

afterEach(cleanup);

const button = (name: string | RegExp) => screen.getByRole('button', { name });

describe('a confirmation', () => {
  const question = 'Delete all 214 reviews? This cannot be undone.';
  const show = (onConfirm = vi.fn()) => {
    render(
      <Confirm question={question} action="Delete 214 reviews" onConfirm={onConfirm}>
        Delete everything
      </Confirm>,
    );
    fireEvent.click(button('Delete everything'));
    return onConfirm;
  };

  it('given a press, asks with the number, and has the focus where nothing happens', () => {
    const onConfirm = show();
    expect(screen.getByRole('group', { name: question })).toBeTruthy();
    expect(document.activeElement).toBe(button('Keep'));
    expect(onConfirm).not.toHaveBeenCalled();
  });

  it.each([
    ['Keep', () => fireEvent.click(button('Keep'))],
    ['Escape', () => fireEvent.keyDown(button('Keep'), { key: 'Escape' })],
  ])('given %s, does nothing and gives the focus back', (_name, leave) => {
    const onConfirm = show();
    leave();
    expect(onConfirm).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button('Delete everything'));
  });

  it('given the second press, does it once', () => {
    const onConfirm = show();
    fireEvent.click(button('Delete 214 reviews'));
    expect(onConfirm).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('group')).toBeNull();
  });
});

it('a switch says whether it is on, and calls within the click', () => {
  const onToggle = vi.fn();
  render(<Switch label="Pause everywhere" on={false} onToggle={onToggle} />);
  const control = screen.getByRole('switch', { name: 'Pause everywhere' });
  expect(control.getAttribute('aria-checked')).toBe('false');
  fireEvent.click(control);
  expect(onToggle).toHaveBeenCalledWith(true);
});

describe('the key of an action', () => {
  const show = (onChange = vi.fn()) => {
    render(<KeyField action="approve" name="Approve" does="" keys={defaultSettings.keys} onChange={onChange} />);
    return onChange;
  };
  const press = (key: string) => fireEvent.keyDown(screen.getByRole('button'), { key });

  it('given a press and a free key, takes it, in lower case', () => {
    const onChange = show();
    fireEvent.click(button('Key of Approve: A. Change'));
    press('Shift');
    press('Y');
    expect(onChange).toHaveBeenCalledWith('y');
  });

  it('given a key that is taken, says whose it is and goes on waiting', () => {
    const onChange = show();
    fireEvent.click(button('Key of Approve: A. Change'));
    press('r');
    expect(screen.getByRole('status').textContent).toContain('R is the key of Reject');
    press('y');
    expect(onChange).toHaveBeenCalledWith('y');
  });

  it('given Escape, or a key without a press before, changes nothing', () => {
    const onChange = show();
    press('y');
    fireEvent.click(screen.getByRole('button'));
    press('Escape');
    press('y');
    expect(onChange).not.toHaveBeenCalled();
  });
});

describe('a long list', () => {
  const items = Array.from({ length: 1000 }, (_, index) => `item ${index}`);
  const show = (change: { selected?: string | null; more?: boolean } = {}) => {
    const on = { select: vi.fn(), nearEnd: vi.fn() };
    render(
      <VirtualList
        label="Items"
        items={items}
        keyOf={(item) => item}
        rowHeight={50}
        selected={change.selected ?? null}
        more={change.more ?? false}
        onSelect={on.select}
        onNearEnd={on.nearEnd}
      >
        {(item) => item}
      </VirtualList>,
    );
    return on;
  };
  const press = (key: string) => fireEvent.keyDown(screen.getByRole('listbox'), { key });

  it('draws only what can be seen, and says how many there are', () => {
    show();
    const options = screen.getAllByRole('option');
    expect(options.length).toBeLessThan(40);
    expect(options[0]?.getAttribute('aria-posinset')).toBe('1');
    expect(options[0]?.getAttribute('aria-setsize')).toBe('1000');
  });

  it.each([
    ['ArrowDown', 'item 6'],
    ['ArrowUp', 'item 4'],
    ['Home', 'item 0'],
    ['End', 'item 999'],
  ])('given %s, reaches %s without opening it', (key, reached) => {
    const on = show({ selected: 'item 5' });
    press(key);
    expect(on.select).toHaveBeenCalledWith(reached, false);
  });

  it('given nothing selected, an arrow reaches the first; at the end, it stays', () => {
    const on = show();
    press('ArrowDown');
    expect(on.select).toHaveBeenLastCalledWith('item 0', false);
    cleanup();
    const last = show({ selected: 'item 999' });
    press('ArrowDown');
    expect(last.select).not.toHaveBeenCalled();
  });

  it('given Enter or a click, opens', () => {
    const on = show({ selected: 'item 5' });
    press('Enter');
    expect(on.select).toHaveBeenLastCalledWith('item 5', true);
    fireEvent.click(screen.getAllByRole('option')[2] as HTMLElement);
    expect(on.select).toHaveBeenLastCalledWith('item 2', true);
  });
});
