// Finds the browsers of this machine in their usual places. Plain JavaScript for Node 20: it runs before anything is installed.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

/** Environment variables that name a browser's program and win over everything found. */
export const overrides = { chromium: 'COUNTERSIGN_CHROMIUM', firefox: 'COUNTERSIGN_FIREFOX' };

// Unbranded Chromium comes first: branded Chrome ignores --load-extension since version 137.
const programs = {
  linux: {
    chromium: [
      'chromium',
      'chromium-browser',
      'google-chrome-stable',
      'google-chrome',
      'microsoft-edge-stable',
      'microsoft-edge',
    ],
    firefox: ['firefox-esr', 'firefox', 'firefox-developer-edition'],
  },
  darwin: {
    chromium: [
      'Chromium.app/Contents/MacOS/Chromium',
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    firefox: ['Firefox.app/Contents/MacOS/firefox', 'Firefox Developer Edition.app/Contents/MacOS/firefox'],
  },
  win32: {
    chromium: [
      'Chromium\\Application\\chrome.exe',
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ],
    firefox: ['Mozilla Firefox\\firefox.exe', 'Firefox Developer Edition\\firefox.exe'],
  },
};

function folders(platform, env) {
  if (platform === 'darwin') return ['/Applications', join(env.HOME ?? '', 'Applications')];
  if (platform === 'win32') return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
  return [
    ...(env.PATH ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
    '/opt/google/chrome',
    '/opt/firefox',
  ];
}

/** The path of a browser's program, or null. `name` is `chromium` (with its relatives Chrome and Edge) or `firefox`. */
export function findBrowser(name, { platform = process.platform, env = process.env, exists = existsSync } = {}) {
  const named = env[overrides[name]];
  if (named) return exists(named) ? named : null;
  const places = folders(platform, env);
  for (const program of (programs[platform] ?? programs.linux)[name]) {
    for (const folder of places) {
      const path = join(folder, program);
      if (exists(path)) return path;
    }
  }
  return null;
}

/** Whether a path looks like a browser that ignores --load-extension. */
export function isBranded(path) {
  return /google|edge/i.test(path);
}
