/** Uses an interface as a person does: finds controls by role and name, and uses mouse and keyboard on them. */
import { until } from './poll.ts';
import type { Surface, Tab } from './types.ts';

export interface Control {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  /** `aria-pressed`, `aria-checked`, `aria-selected` or `aria-expanded`, whichever is there; `checked` of an input. */
  readonly state: string | null;
  readonly disabled: boolean;
  readonly value: string | null;
  /** In the tree's own coordinates, CSS px. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly focused: boolean;
}

/**
 * All controls of a tree that have a place on the page, in document order. The one with the number `reveal` is scrolled
 * into view first, and has then stood still for `stillMs`, by the clock of the page, and in plain sight where the browser
 * can tell, or for some seconds out of it. Runs inside the page.
 */
async function readControls(root: Document | ShadowRoot, reveal: number, stillMs: number): Promise<Control[]> {
  const roles: Readonly<Record<string, string>> = {
    BUTTON: 'button',
    A: 'link',
    TEXTAREA: 'textbox',
    SELECT: 'combobox',
    SUMMARY: 'button',
    IFRAME: 'frame',
  };
  const inputRoles: Readonly<Record<string, string>> = {
    checkbox: 'checkbox',
    radio: 'radio',
    search: 'searchbox',
    range: 'slider',
    number: 'spinbutton',
    button: 'button',
    submit: 'button',
  };
  const clean = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  const named = (element: Element, attribute: string) =>
    clean(
      (element.getAttribute(attribute) ?? '')
        .split(/\s+/)
        .filter(Boolean)
        .map((id) => root.getElementById(id)?.textContent ?? '')
        .join(' '),
    );
  const label = (element: Element) =>
    clean(
      Array.from((element as HTMLInputElement).labels ?? [], (each) => {
        const copy = each.cloneNode(true) as Element;
        for (const inner of copy.querySelectorAll('textarea, select, input, [aria-hidden="true"]')) inner.remove();
        return copy.textContent;
      }).join(' '),
    );
  const text = (element: Element) => {
    const copy = element.cloneNode(true) as Element;
    for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
    return clean(copy.textContent);
  };
  const typed = new Set(['TEXTAREA', 'SELECT', 'INPUT']);
  const elements: HTMLElement[] = [];
  const read = () => {
    const controls: Control[] = [];
    elements.length = 0;
    for (const element of root.querySelectorAll<HTMLElement>(
      'button, a[href], textarea, select, input, summary, iframe, [role], [contenteditable]',
    )) {
      const { width, height } = element.getBoundingClientRect();
      if (width === 0 || height === 0) continue;
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const role =
        element.getAttribute('role') ??
        (element.tagName === 'INPUT'
          ? (inputRoles[(element as HTMLInputElement).type] ?? 'textbox')
          : roles[element.tagName]);
      if (!role) continue;
      const attribute = ['aria-pressed', 'aria-checked', 'aria-selected', 'aria-expanded'].find((each) =>
        element.hasAttribute(each),
      );
      const checkable = role === 'checkbox' || role === 'radio';
      const box = element.getBoundingClientRect();
      elements.push(element);
      controls.push({
        role,
        name:
          named(element, 'aria-labelledby') ||
          clean(element.getAttribute('aria-label')) ||
          label(element) ||
          (typed.has(element.tagName) ? clean(element.getAttribute('placeholder')) : text(element)) ||
          clean(element.title),
        description: named(element, 'aria-describedby'),
        state: attribute
          ? element.getAttribute(attribute)
          : checkable
            ? String((element as HTMLInputElement).checked)
            : null,
        disabled: (element as HTMLButtonElement).disabled === true || element.getAttribute('aria-disabled') === 'true',
        value: typed.has(element.tagName) ? (element as HTMLInputElement).value : null,
        box: { x: box.x, y: box.y, width: box.width, height: box.height },
        focused: root.activeElement === element,
      });
    }
    return controls;
  };
  const standsStill = async (element: HTMLElement) => {
    let [sight, place, since] = [null as boolean | null, '', performance.now()];
    const begun = since;
    const canTell = stillMs > 100 && 'isVisible' in IntersectionObserverEntry.prototype;
    const observer = new IntersectionObserver(
      (entries) => {
        const { isVisible } = entries.at(-1) as unknown as { isVisible: boolean };
        if (isVisible !== sight) since = performance.now();
        sight = isVisible;
      },
      { threshold: [0, 0.5, 1], ...(canTell ? { trackVisibility: true, delay: 100 } : {}) },
    );
    if (canTell) observer.observe(element);
    for (let isStill = false; !isStill && element.isConnected; ) {
      const { x, y, width, height } = element.getBoundingClientRect();
      const now = performance.now();
      if (place !== `${x} ${y} ${width} ${height}`) since = now;
      place = `${x} ${y} ${width} ${height}`;
      isStill = now - since >= stillMs && (!canTell || sight === true || now - begun > 3000);
      if (!isStill) await new Promise((resolve) => setTimeout(resolve, Math.min(50, stillMs)));
    }
    observer.disconnect();
  };
  const controls = read();
  const chosen = elements[reveal];
  if (!chosen) return controls;
  chosen.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  await standsStill(chosen);
  return read();
}

/** What an interface shows now, and what a person can do in it. `find` answers null while there is none. */
export class Ui {
  readonly tab: Tab;
  readonly #find: () => Promise<Surface | null>;
  readonly #what: string;
  readonly #steadyMs: number;

  /** `steadyMs` is how long a button must stand still in sight before it is clicked. */
  constructor(tab: Tab, what: string, find: () => Promise<Surface | null>, steadyMs = 50) {
    this.tab = tab;
    this.#what = what;
    this.#find = find;
    this.#steadyMs = steadyMs;
  }

  async #surface(): Promise<Surface> {
    return until(`${this.#what} is there`, this.#find);
  }

  /** Whether it is on the page at all. */
  async exists(): Promise<boolean> {
    return (await this.#find()) !== null;
  }

  evaluate: Surface['evaluate'] = async (ask, ...args) => (await this.#surface()).evaluate(ask, ...args);

  async controls(reveal = -1, stillMs = 0): Promise<Control[]> {
    const found = await this.#find();
    return found ? found.evaluate(readControls, reveal, stillMs) : [];
  }

  /** All text that it shows, with a space between any two text nodes. */
  async text(): Promise<string> {
    const found = await this.#find();
    if (!found) return '';
    return found.evaluate((root) => {
      const words: string[] = [];
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const shown = walker.currentNode.parentElement?.checkVisibility({ visibilityProperty: true }) ?? true;
        if (shown) words.push(walker.currentNode.nodeValue ?? '');
      }
      return words.join(' ').replace(/\s+/g, ' ').trim();
    });
  }

  /** The number of the first control with this role and name (whole name, or a pattern), or -1. */
  #indexIn(controls: readonly Control[], role: string, name: string | RegExp): number {
    const matches = (given: string) => (typeof name === 'string' ? given === name : name.test(given));
    return controls.findIndex((control) => control.role === role && matches(control.name));
  }

  /** The first control with this role and name (whole name, or a pattern), or null. */
  async find(role: string, name: string | RegExp): Promise<Control | null> {
    const controls = await this.controls();
    return controls[this.#indexIn(controls, role, name)] ?? null;
  }

  /** Scrolls a control into view, as a person does before using it; gives it as it stands then, once it does. */
  async reveal(role: string, name: string | RegExp, stillMs = 0): Promise<Control> {
    await this.get(role, name);
    return until(`the ${role} ${name} stands still`, async () => {
      const controls = await this.controls(this.#indexIn(await this.controls(), role, name), stillMs);
      return controls[this.#indexIn(controls, role, name)];
    });
  }

  /** Waits for a control. */
  async get(role: string, name: string | RegExp): Promise<Control> {
    try {
      return await until(`${this.#what} has the ${role} ${name}`, () => this.find(role, name));
    } catch (error) {
      const there = (await this.controls()).map((control) => `${control.role} "${control.name}"`).join(', ');
      throw new Error(`${(error as Error).message}; it has: ${there || 'no controls'}`);
    }
  }

  /**
   * Scrolls a control into view and gives the middle of it in the tab's viewport, once neither the control nor the frame that
   * it is in moves any more: a frame is given its place and height by the page around it, a moment after it asks.
   */
  async #middle(role: string, name: string | RegExp, stillMs = 0, enabled = false): Promise<{ x: number; y: number }> {
    return until(`the ${role} ${name} can be ${enabled ? 'clicked' : 'pointed at'}`, async () => {
      const surface = await this.#surface();
      const before = await surface.offset();
      const { box, disabled } = await this.reveal(role, name, stillMs);
      const { x, y } = await surface.offset();
      if ((enabled && disabled) || x !== before.x || y !== before.y) return null;
      const middle = { x: x + box.x + box.width / 2, y: y + box.y + box.height / 2 };
      // What came above it meanwhile pushed it out of the window.
      const { height } = this.tab.page.viewport() ?? { height: Number.POSITIVE_INFINITY };
      return middle.y < height ? middle : null;
    });
  }

  /** Moves the mouse over a control. */
  async hover(role: string, name: string | RegExp): Promise<void> {
    const { x, y } = await this.#middle(role, name);
    await this.tab.page.mouse.move(x, y);
  }

  /** Clicks a control with the mouse, once it is enabled and no longer moves. */
  async click(role: string, name: string | RegExp, { count = 1 } = {}): Promise<void> {
    const { x, y } = await this.#middle(role, name, role === 'button' ? this.#steadyMs : 50, true);
    await this.tab.page.mouse.click(x, y, { count });
  }

  /** Clicks into a text field, sees that the keys go there, replaces what it holds, and types. */
  async fill(name: string | RegExp, text: string): Promise<void> {
    await until(`the keys go to the textbox ${name}`, async () => {
      await this.click('textbox', name);
      return (await this.find('textbox', name))?.focused && this.evaluate(() => document.hasFocus());
    });
    await this.tab.page.keyboard.down('Control');
    await this.tab.page.keyboard.press('a');
    await this.tab.page.keyboard.up('Control');
    await this.tab.page.keyboard.type(text);
  }

  /** Waits until its text contains `part`, or matches it. */
  async shows(part: string | RegExp, timeoutMs?: number): Promise<void> {
    const matches = (text: string) => (typeof part === 'string' ? text.includes(part) : part.test(text));
    try {
      await until(
        `${this.#what} shows ${part}`,
        async () => matches(await this.text()),
        timeoutMs ? { timeoutMs } : {},
      );
    } catch (error) {
      throw new Error(`${(error as Error).message}; it shows: ${(await this.text()) || 'nothing'}`);
    }
  }
}

/** Toolbar and editor refuse a click on a control that came or moved less than 500 ms ago; a person is slower than that. */
const STEADY_MS = 600;

/** The overlay's toolbar and marks in a web page. */
export const overlayOf = (tab: Tab) => new Ui(tab, 'the overlay', () => tab.overlay(), STEADY_MS);
/** The editor frame in a web page. */
export const editorOf = (tab: Tab) => new Ui(tab, 'the editor', () => tab.editor(), STEADY_MS);
/** The document of a tab: an extension page, or the host page itself. */
export const pageOf = (tab: Tab) => new Ui(tab, 'the page', async () => tab.document);
