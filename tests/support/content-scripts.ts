/** Which content scripts run in a tab's frames, seen from inside their own world, as the popup looks at it. */
import type { Json } from './browser/types.ts';
import type { Given } from './given.ts';

/** One frame in which scripts of the extension may run. */
export interface FrameScripts {
  readonly frameId: number;
  readonly url: string;
  /** The gate waits, or has let somebody in. */
  readonly gate: boolean;
  readonly overlay: boolean;
  /** Texts of the messages that detection found, by role. */
  readonly messages: readonly { readonly role: string; readonly text: string }[];
}

/** The frames of the tab at this address; those that the extension may not enter are not among them. */
export async function scriptsIn(given: Given, url: string): Promise<readonly FrameScripts[]> {
  const frames = await given.inside.evaluate(async (_root, address) => {
    type Extension = {
      tabs: { query(what: object): Promise<{ id: number; url?: string }[]> };
      scripting: { executeScript(what: object): Promise<{ frameId: number; result?: Json }[]> };
    };
    const scope = globalThis as unknown as { browser?: Extension; chrome: Extension };
    const { tabs, scripting } = scope.browser ?? scope.chrome;
    const tab = (await tabs.query({})).find((one) => one.url === address);
    if (!tab) return null;
    const look = () => {
      type Found = { role: string; text: string };
      type Run = { run: AbortController; survey: (() => { messages: Found[] }) | null };
      const world = globalThis as unknown as Record<symbol, Run | undefined>;
      const overlay = world[Symbol.for('overlay')];
      const on = overlay !== undefined && !overlay.run.signal.aborted;
      const messages = on ? (overlay.survey?.().messages ?? []) : [];
      return {
        url: location.href,
        gate: world[Symbol.for('gate')] !== undefined,
        overlay: on,
        messages: messages.map(({ role, text }) => ({ role, text })),
      };
    };
    const results = await scripting.executeScript({ target: { tabId: tab.id, allFrames: true }, func: look });
    return results.flatMap(({ frameId, result }) => (result ? [{ frameId, ...(result as object) }] : [])) as Json;
  }, url);
  if (frames === null) throw new Error(`No tab shows ${url}`);
  return frames as unknown as readonly FrameScripts[];
}
