/** The settings before anybody changes them, apart from their schema, so that pages which only show them load no schema. */
import type { Settings } from './settings-shape.ts';

export const defaultSettings: Settings = {
  paused: false,
  reviewerName: null,
  theme: 'system',
  singleKeys: true,
  chord: 'Alt+Shift',
  keys: {
    approve: 'a',
    reject: 'r',
    correct: 'c',
    unsure: 'u',
    more: 'm',
    undo: 'z',
    next: 'j',
    previous: 'k',
    finding: 'f',
    compare: 'v',
    aside: 's',
  },
  keepPrompt: true,
  assertFrom: 0.5,
  findWithoutRule: true,
  quietHours: null,
  holdOnMetered: false,
  keepDays: 0,
  forgetEverywhere: false,
  customerRules: [],
  allow: [],
  alsoRedact: [],
  snippets: [],
};
