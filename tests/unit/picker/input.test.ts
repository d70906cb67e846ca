// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import type { PickerCommand, PickerView } from '../../../components/picker/view.ts';
import { firstPort } from '../../../entrypoints/picker/channel.ts';
import { commandOf, hear } from '../../../entrypoints/picker/input.ts';

const key = (name: string, init: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key: name, ...init });

/** Browsers alone make trusted events. */
function trusted<E extends Event>(event: E): E {
  Object.defineProperty(event, 'isTrusted', { value: true });
  return event;
}

function listening(kind: PickerView['kind']) {
  const page = document.implementation.createHTMLDocument();
  Object.defineProperty(page, 'defaultView', { value: window });
  page.body.innerHTML = '<div class="pick-panel"><button>First</button><button>Last</button></div><p>Elsewhere</p>';
  const sent: PickerCommand[] = [];
  hear(
    () => kind,
    (command) => sent.push(command),
    page,
  );
  const [first, last] = page.querySelectorAll('button');
  return {
    page,
    sent,
    first: first as HTMLElement,
    last: last as HTMLElement,
    elsewhere: page.querySelector('p') as Element,
  };
}

describe('keys in the picker', () => {
  it('given the reviewer points, then Tab goes from message to message, and arrows around, in and beside', () => {
    expect(commandOf(key('Tab'), 'pointing')).toEqual({ do: 'candidate', step: 1 });
    expect(commandOf(key('Tab', { shiftKey: true }), 'pointing')).toEqual({ do: 'candidate', step: -1 });
    expect(commandOf(key('ArrowUp'), 'pointing')).toEqual({ do: 'climb' });
    expect(commandOf(key('Enter'), 'pointing')).toEqual({ do: 'take' });
  });

  it('given the panel, then Enter and Tab are the browser’s, Escape leaves, and letters are short cuts', () => {
    expect(commandOf(key('Enter'), 'choosing')).toBeNull();
    expect(commandOf(key('Tab'), 'choosing')).toBeNull();
    expect(commandOf(key('N'), 'choosing')).toEqual({ do: 'not' });
    expect(commandOf(key('n', { ctrlKey: true }), 'choosing')).toBeNull();
    for (const kind of ['pointing', 'choosing', 'kept'] as const)
      expect(commandOf(key('Escape'), kind)).toEqual({ do: 'leave' });
  });
});

describe('what the frame hears', () => {
  it('given a click of a person beside the panel, then it takes what is there; on the panel it is the panel’s', () => {
    const { sent, elsewhere, first } = listening('pointing');
    const click = (on: Element, real = true) => {
      const event = new MouseEvent('click', { bubbles: true, clientX: 3, clientY: 4 });
      on.dispatchEvent(real ? trusted(event) : event);
    };
    click(elsewhere, false);
    click(first);
    expect(sent).toEqual([]);
    click(elsewhere);
    expect(sent).toEqual([{ do: 'take', x: 3, y: 4 }]);
  });

  it('given the wheel counts lines, when it turns above the page, then the page is to scroll by as many pixels', () => {
    const { sent, elsewhere } = listening('choosing');
    const turn = { deltaMode: 1, deltaX: 0, deltaY: 3, clientX: 1, clientY: 2, ctrlKey: false };
    elsewhere.dispatchEvent(Object.assign(trusted(new Event('wheel', { bubbles: true, cancelable: true })), turn));
    expect(sent).toEqual([{ do: 'scroll', x: 1, y: 2, dx: 0, dy: 48 }]);
  });

  it('given a key that was not pressed by a person, then it does nothing', () => {
    const { page, sent } = listening('pointing');
    page.dispatchEvent(key('Enter'));
    expect(sent).toEqual([]);
    page.dispatchEvent(trusted(key('Enter')));
    expect(sent).toEqual([{ do: 'take' }]);
  });
});

describe('a key that takes the frame away', () => {
  it('given Escape, when it goes down, then the frame stays until it is let go, so that the page gets no part of it', () => {
    const { page, sent } = listening('pointing');
    page.dispatchEvent(trusted(key('Escape')));
    expect(sent).toEqual([]);
    page.dispatchEvent(trusted(new KeyboardEvent('keyup', { key: 'Escape' })));
    expect(sent).toEqual([{ do: 'leave' }]);
  });
});

describe('the channel of the frame', () => {
  let taken: MessagePort[];
  const parent = {} as Window;
  const frame = () => {
    const target = new EventTarget();
    return Object.assign(target, { parent }) as unknown as Window;
  };
  const message = (change: Partial<MessageEvent>) =>
    Object.assign(trusted(new Event('message')), {
      data: { countersign: 'pick' },
      ports: [],
      source: parent,
      ...change,
    });
  beforeEach(() => {
    taken = [];
  });

  it('given messages from elsewhere, without a port, or about something else, then only the first good one counts', async () => {
    const it = frame();
    void firstPort(it).then((port) => taken.push(port));
    const [one, two] = [{}, {}] as [MessagePort, MessagePort];
    it.dispatchEvent(message({ source: {} as Window, ports: [two] }));
    it.dispatchEvent(message({ data: { countersign: 'claim' }, ports: [two] }));
    it.dispatchEvent(message({ data: null, ports: [two] }));
    it.dispatchEvent(message({}));
    it.dispatchEvent(message({ ports: [one] }));
    it.dispatchEvent(message({ ports: [two] }));
    await Promise.resolve();
    await Promise.resolve();
    expect(taken).toEqual([one]);
    expect(taken[0]).toBe(one);
  });
});
