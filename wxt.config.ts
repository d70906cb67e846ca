import type { PluginOption } from 'vite';
import { defineConfig } from 'wxt';
import { splitBackground } from './scripts/lib/background/parts.ts';
import { siteRules } from './utils/detection/sites/index.ts';

/** Where the editor frame may be embedded: any site that the user switches on. */
const anySite = ['https://*/*', 'http://*/*'];
/** Rendered from public/icon/mark.svg; the smallest from mark-small.svg, which is drawn for 16 px. */
const icons = { 16: 'icon/16.png', 32: 'icon/32.png', 48: 'icon/48.png', 128: 'icon/128.png' };

/**
 * `imports: false` still leaves the plugin at work that writes imports for names it takes for global: a parameter called
 * `storage` brought 2.7 kB of wxt/storage along.
 */
function withoutAutoImports(plugins: PluginOption[] | undefined): PluginOption[] {
  return (plugins ?? []).flat().filter((plugin) => !(plugin && 'name' in plugin && plugin.name === 'unimport'));
}

export default defineConfig({
  hooks: {
    // The background reads them when a page needs them, and is so much lighter.
    'build:publicAssets': (_wxt, files) => {
      files.push({ relativeDest: 'site-rules.json', contents: JSON.stringify(siteRules) });
    },
    'vite:build:extendConfig': (entrypoints, config) => {
      config.plugins = withoutAutoImports(config.plugins);
      if (entrypoints.some(({ type }) => type === 'background')) splitBackground(config);
    },
  },
  imports: false,
  manifestVersion: 3,
  outDir: process.env.COUNTERSIGN_OUT ?? '.output',
  vite: () => ({
    // The same release without the helpers for browsers of 2015: 2 kB less in every context that has the database.
    build: { modulePreload: false },
    resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }] },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  }),
  manifest: ({ browser }) => ({
    name: 'Countersign',
    description: 'Review AI answers where they appear: rate, correct, keep on your computer, deliver where you say.',
    icons,
    action: { default_icon: icons, default_title: 'Countersign' },
    permissions: ['storage', 'unlimitedStorage', 'scripting', 'alarms', 'activeTab', 'contextMenus'],
    commands: {
      'review-selection': { suggested_key: { default: 'Alt+Shift+S' }, description: 'Review the selected text' },
      'point-at-answer': { suggested_key: { default: 'Alt+Shift+P' }, description: 'Point at an AI answer' },
      'open-queue': { suggested_key: { default: 'Alt+Shift+Q' }, description: 'Open the queue beside the page' },
    },
    optional_host_permissions: anySite,
    incognito: 'not_allowed',
    content_security_policy: {
      extension_pages: `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; require-trusted-types-for 'script'; trusted-types ${browser === 'firefox' ? "'none'" : 'background-parts'}; base-uri 'none'; form-action 'none'`,
    },
    web_accessible_resources: [
      {
        resources: ['editor.html', 'picker.html'],
        matches: anySite,
        ...(browser === 'firefox' ? {} : { use_dynamic_url: true }),
      },
    ],
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'countersign@countersign.dev',
              strict_min_version: '140.0',
              data_collection_permissions: {
                required: ['none'],
                optional: ['websiteContent', 'personalCommunications', 'websiteActivity', 'personallyIdentifyingInfo'],
              },
            },
          },
        }
      : {
          minimum_chrome_version: '120',
          externally_connectable: { ids: [] },
          storage: { managed_schema: 'managed-schema.json' },
        }),
  }),
});
