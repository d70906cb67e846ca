/**
 * How detection fares in each tab, for the toolbar button. Kept in `storage.session`: the background dies between two
 * messages, and nothing of this is worth keeping longer than the browser runs. No listener for tabs: it would wake the
 * background at every page that anybody opens.
 */
import type { Browser } from '../../utils/browser.ts';
import type { Health } from '../../utils/detection/types.ts';

type State = Health['state'];

/** What wants attention, the worst first, in words for the button's title. */
const alarms: readonly (readonly [State, string])[] = [
  ['broken', 'the rule for this site cannot be used'],
  ['changed', 'this site changed, and the rule for it finds no answers any more'],
  ['slow', 'a rule was too slow for this page and is off here'],
];

/** Documents that are remembered of one tab: a page can have any number of frames. */
const FRAMES = 20;

/** States by frame; only those that want attention are kept. */
type Tab = Readonly<Record<string, State>>;

const keyOf = (tabId: number) => `health ${tabId}`;

interface Place {
  readonly tabId: number;
  readonly frameId: number;
}

export interface TabHealth {
  /** Remembers the state of a document and shows it. */
  note(from: Place, state: State): Promise<void>;
  /** A new document is in this frame: what was known of the one before is over, and with a page its frames are. */
  arrived(from: Place): Promise<void>;
  /** Something that all tabs show has changed: shows what single tabs show beside it. */
  show(): Promise<void>;
}

interface Parts {
  /** `storage.session`, or what stands for it. */
  readonly session: Pick<Browser['storage']['session'], 'get' | 'set' | 'remove'>;
  /** Shows what is wrong in a tab, in words; null for nothing. */
  readonly showInTab: (tabId: number, alarm: string | null) => Promise<void>;
  /** Whether an overlay is in the tab. */
  readonly hasOverlay: (tabId: number) => Promise<boolean>;
}

const alarmOf = (tab: Tab) => alarms.find(([state]) => Object.values(tab).includes(state))?.[1] ?? null;

export function createTabHealth({ session, showInTab, hasOverlay }: Parts): TabHealth {
  const read = async (tabId: number): Promise<Tab | null> =>
    ((await session.get(keyOf(tabId)))[keyOf(tabId)] as Tab | undefined) ?? null;

  async function write(tabId: number, before: Tab | null, after: Tab): Promise<void> {
    if (Object.keys(after).length > 0) await session.set({ [keyOf(tabId)]: after });
    else if (before !== null) await session.remove(keyOf(tabId));
    if (before !== null || Object.keys(after).length > 0) await showInTab(tabId, alarmOf(after));
  }

  /** One change after the other, so that two frames do not undo each other's. */
  let last: Promise<void> = Promise.resolve();
  function inTurn(work: () => Promise<void>): Promise<void> {
    last = last.then(work, work);
    return last;
  }

  return {
    note: ({ tabId, frameId }, state) =>
      inTurn(async () => {
        const before = await read(tabId);
        const others = Object.entries(before ?? {}).filter(([frame]) => frame !== String(frameId));
        const own = alarms.some(([alarm]) => alarm === state) ? [[String(frameId), state] as const] : [];
        await write(tabId, before, Object.fromEntries([...others.slice(1 - FRAMES), ...own]));
      }),
    arrived: ({ tabId, frameId }) =>
      inTurn(async () => {
        const before = await read(tabId);
        if (before === null) return;
        const others = Object.entries(before).filter(([frame]) => frameId !== 0 && frame !== String(frameId));
        await write(tabId, before, Object.fromEntries(others));
      }),
    show: () =>
      inTurn(async () => {
        for (const [key, tab] of Object.entries(await session.get(null))) {
          const tabId = Number(/^health (\d+)$/.exec(key)?.[1] ?? Number.NaN);
          if (Number.isNaN(tabId)) continue;
          // Closed, or gone elsewhere; the browser itself has forgotten then what the button showed.
          if (!(await hasOverlay(tabId))) await session.remove(key);
          else await showInTab(tabId, alarmOf(tab as Tab));
        }
      }),
  };
}
