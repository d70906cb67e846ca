/** The one door to the browser's extension API: promises in every browser. Import it from here only. */
import browser from 'webextension-polyfill';

export type { Runtime, Scripting, Tabs } from 'webextension-polyfill';
/** The API as a type, so that a part can take the piece it needs as an argument. */
export type Browser = typeof browser;
export { browser };
