import { createContext } from 'preact';

const nothing: ReadonlySet<string> = new Set();

/** Names of the settings that the organisation has set, for all below. */
export const LockedNames = createContext(nothing);
