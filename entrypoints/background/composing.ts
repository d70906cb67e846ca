/** Puts a text into a page's composer, by a script that is loaded for that, and asks what became of it. */
import type { Browser, Scripting } from '../../utils/browser.ts';
import { report } from '../../utils/errors.ts';

const FILE = 'composing.js';

/** Inserts in that frame; false where there is no place to write, or it does not take the text. */
export type Insert = (frame: { readonly tabId: number; readonly frameId: number }, text: string) => Promise<boolean>;

export function createInsert(scripting: Browser['scripting']): Insert {
  return async ({ tabId, frameId }, text) => {
    const target: Scripting.InjectionTarget = { tabId, frameIds: [frameId] };
    // Runs in the page's isolated world: it can use nothing of this file.
    const func = (given: string) => {
      const world = globalThis as { [name: symbol]: unknown };
      return (world[Symbol.for('insert')] as (text: string) => Promise<boolean>)(given);
    };
    try {
      await scripting.executeScript({ target, files: [FILE] });
      const [outcome] = await scripting.executeScript({ target, func, args: [text] });
      return outcome?.result === true;
    } catch (thrown) {
      // The page is gone, or the permission with it.
      report(thrown, 'inserting a text');
      return false;
    }
  };
}
