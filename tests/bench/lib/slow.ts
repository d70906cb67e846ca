/**
 * Slowdowns made on purpose, to see that the right rows turn red: a copy of the build with a few lines put before a script.
 * Nothing of it is in the product.
 */
import { withLines } from './lines.ts';

interface Slowdown {
  readonly says: string;
  /** Which files of the build, and what runs before them; before the scripts of a page where it is one. */
  readonly before: Readonly<Record<string, string>>;
}

/** The index by which the latest reviews are found is as good as gone: whatever asks it waits until all rows were read. */
const INDEX = `{const slow=(method)=>{const real=IDBIndex.prototype[method];if(!real)return;IDBIndex.prototype[method]=function(...all){if(this.name==='[latest+createdAt]')this.objectStore.getAll();return real.apply(this,all)}};for(const method of ['get','getAll','getAllKeys','getAllRecords','openCursor','openKeyCursor','count'])slow(method)}\n`;

export const slowdowns: Readonly<Record<string, Slowdown>> = {
  query: {
    says: 'an extra query of the whole document for each call of a mutation observer',
    before: {
      'overlay.js': `{const Real=MutationObserver;globalThis.MutationObserver=class extends Real{constructor(heard){super((...all)=>{for(const each of document.querySelectorAll('*'))each.textContent;heard(...all)})}}}\n`,
    },
  },
  index: {
    says: 'without the index of the latest reviews: every row is read for them',
    before: { 'background.js': INDEX, 'workbench.html': INDEX, 'popup.html': INDEX, 'sidepanel.html': INDEX },
  },
};

/** A copy of the build in `folder` with the slowdown; it lies in a temporary folder of its own. */
export function slowed(folder: string, name: string): Promise<string> {
  const slowdown = slowdowns[name];
  if (!slowdown) throw new Error(`There is no slowdown ${name}; there is: ${Object.keys(slowdowns).join(', ')}`);
  return withLines(folder, slowdown.before);
}
