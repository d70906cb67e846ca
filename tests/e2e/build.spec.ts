/** What is packed: permissions, policy, files. No browser is needed to read it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFolder } from '../../scripts/lib/run.ts';
import { loadedWith } from '../../scripts/lib/sizes.ts';
import { browsers } from '../support/given.ts';

describe.each(browsers)('the build for %s', (browser) => {
  const folder = buildFolder(browser);
  const manifest = () => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const files = () => readdirSync(folder, { recursive: true, withFileTypes: true });
  const sources = () =>
    files()
      .filter((file) => file.isFile() && /\.(js|html)$/.test(file.name))
      .map((file) => ({ name: file.name, text: readFileSync(join(file.parentPath, file.name), 'utf8') }));

  it('asks for exactly the permissions that it needs, and for sites only when they are turned on', () => {
    const {
      permissions,
      host_permissions,
      optional_permissions,
      optional_host_permissions,
      content_scripts,
      commands,
    } = manifest();
    expect(permissions).toEqual(['storage', 'unlimitedStorage', 'scripting', 'alarms', 'activeTab']);
    expect(optional_host_permissions).toEqual(['https://*/*', 'http://*/*']);
    expect({ host_permissions, optional_permissions, content_scripts, commands }).toEqual({});
  });

  it('lets pages load nothing but the editor’s frame', () => {
    const { web_accessible_resources: resources } = manifest();
    expect(resources).toEqual([
      {
        resources: ['editor.html'],
        matches: ['https://*/*', 'http://*/*'],
        ...(browser === 'chromium' ? { use_dynamic_url: true } : {}),
      },
    ]);
  });

  it('has a policy without unsafe scripts, with Trusted Types, and with connections to https and this computer only', () => {
    const policy: string = manifest().content_security_policy.extension_pages;
    expect(policy).not.toMatch(/unsafe-eval|wasm-unsafe-eval|script-src[^;]*unsafe/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toMatch(/connect-src https: http:\/\/localhost:\* http:\/\/127\.0\.0\.1:\*;/);
  });

  it('keeps out of private windows, and takes no messages from other extensions and pages', () => {
    expect(manifest().incognito).toBe('not_allowed');
    if (browser === 'chromium') expect(manifest().externally_connectable).toEqual({ ids: [] });
    for (const { name, text } of sources())
      expect(text, name).not.toMatch(/onMessageExternal\.addListener|onConnectExternal\.addListener/);
  });

  if (browser === 'firefox') {
    it('says that nothing is collected unless the user agrees', () => {
      const { gecko } = manifest().browser_specific_settings;
      expect(gecko.data_collection_permissions.required).toEqual(['none']);
      expect(gecko.id).toBe('countersign@countersign.dev');
    });
  }

  it('contains no remote code, no eval and no address of a host but examples and standards', () => {
    for (const { name, text } of sources()) {
      expect(text, name).not.toMatch(/\beval\(/);
      expect(text, name).not.toMatch(/import\(["'`]https?:/);
      expect(text, name).not.toMatch(/<script[^>]+src="https?:/);
    }
  });

  it('brings neither schemas nor the database into the page', () => {
    const inPage = [...loadedWith(folder, 'overlay.js'), ...loadedWith(folder, 'toolbar.js')];
    expect(inPage.sort()).toEqual(['overlay.js', 'toolbar.js']);
    for (const file of inPage) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect(text, file).not.toMatch(/invalid_type|unrecognized_keys|indexedDB|IDBKeyRange/);
    }
    // The same words are where both belong, so that the search above means something.
    expect(readFileSync(join(folder, 'background.js'), 'utf8')).toMatch(/unrecognized_keys[\s\S]*|IDBKeyRange/);
  });
});
