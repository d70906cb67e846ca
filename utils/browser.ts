/**
 * The browser's extension API as types, with promises, as both browsers have it in Manifest V3. The API itself comes from
 * `runtime.ts`: the polyfill whose types these are would be 3.4 kB in every start of the background, and changes nothing there.
 */
import type browser from 'webextension-polyfill';

export type { Runtime, Scripting, Tabs } from 'webextension-polyfill';
/** As a type, so that a part can take the piece it needs as an argument. */
export type Browser = typeof browser;
