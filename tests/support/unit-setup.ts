/** Unit tests run on the extension API's fake, in the promise-returning form that both browsers have. */
// Before anything loads Dexie, which looks for the database once: files share what they load, whichever of them is first.
import 'fake-indexeddb/auto';
import { vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

Object.assign(fakeBrowser.runtime, { id: 'countersign-test' });
Object.assign(globalThis, { chrome: fakeBrowser });
Reflect.deleteProperty(globalThis, 'browser');

/** ms. What is waited for comes at once on a quiet machine; the second that these wait by themselves is short on a busy one. */
const PATIENCE = { timeout: 30_000 };

const { waitFor } = vi;
const isPatient = Symbol.for('countersign.patient');
if (!(isPatient in vi))
  Object.assign(vi, {
    [isPatient]: true,
    waitFor: ((callback, options) =>
      waitFor(callback, typeof options === 'number' ? options : { ...PATIENCE, ...options })) as typeof waitFor,
  });
if (typeof document !== 'undefined') {
  const { configure, getQueriesForElement, screen } = await import('@testing-library/preact');
  configure({ asyncUtilTimeout: PATIENCE.timeout });
  // It is bound to the document of whichever file loaded it first, which may be gone: files share what they load.
  Object.assign(screen, getQueriesForElement(document.body));
}
