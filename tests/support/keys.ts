/** Works without a mouse, as many people do. */
import { until } from './browser/poll.ts';
import type { Tab } from './browser/types.ts';
import type { Ui } from './browser/ui.ts';

/** Presses keys together, the last one once all others are down: `Alt`, `Shift`, `KeyA`. */
export async function pressTogether(
  { page: { keyboard } }: Tab,
  ...keys: Parameters<Tab['page']['keyboard']['press']>[0][]
) {
  for (const key of keys.slice(0, -1)) await keyboard.down(key);
  await keyboard.press(keys.at(-1) ?? 'Enter');
  for (const key of keys.slice(0, -1).reverse()) await keyboard.up(key);
}

/** Replaces the text of the field that has the focus. */
export async function retype(tab: Tab, text: string): Promise<void> {
  await pressTogether(tab, 'Control', 'a');
  await tab.page.keyboard.type(text);
}

/** Pastes into the field that has the focus. Chromium without a window wants the command along with the keys. */
export async function paste({ page: { keyboard } }: Tab): Promise<void> {
  await keyboard.down('Control');
  await keyboard.press('v', { commands: ['Paste'] });
  await keyboard.up('Control');
}

/** The most stops that a person passes to get somewhere before giving up. */
const MOST_STOPS = 40;

/** Presses Tab until `isThere`; throws where no stop on the way is. */
async function tabUntil(tab: Tab, what: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let stop = 0; stop <= MOST_STOPS; stop += 1) {
    if (await isThere()) return;
    await tab.page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${what} within ${MOST_STOPS} stops`);
}

/** Presses Tab until the focus is on a control. */
export function tabTo(ui: Ui, role: string, name: string | RegExp): Promise<void> {
  return tabUntil(ui.tab, `the ${role} ${name}`, async () => (await ui.find(role, name))?.focused === true);
}

/** Waits until keys go to the document that an interface is in: a frame gets the focus a moment after it is there. */
export async function keysGoTo(ui: Ui): Promise<void> {
  await until('the document has the focus', () => ui.evaluate(() => document.hasFocus()));
}

/** Waits until the focus is on a control that nobody tabbed to, and keys go there. */
export async function hasFocus(ui: Ui, role: string, name: string | RegExp): Promise<void> {
  await until(`the ${role} ${name} has the focus`, async () => (await ui.find(role, name))?.focused);
  await keysGoTo(ui);
}

/** Tag and text or id of the page's element with the focus, through its open shadow roots. */
export function focusedIn(tab: Tab): Promise<string> {
  return tab.document.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element ? `${element.localName} ${element.id || element.textContent}` : '';
  });
}

/** Presses Tab until the page's element with the focus is the one that `focusedIn` calls so. */
export function tabToElement(tab: Tab, element: string): Promise<void> {
  return tabUntil(tab, element, async () => (await focusedIn(tab)) === element);
}
