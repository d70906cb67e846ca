/** Unit tests run on the extension API's fake, in the promise-returning form that the polyfill passes through. */
import { fakeBrowser } from 'wxt/testing/fake-browser';

Object.assign(fakeBrowser.runtime, { id: 'countersign-test' });
Object.assign(globalThis, { chrome: fakeBrowser });
Reflect.deleteProperty(globalThis, 'browser');
