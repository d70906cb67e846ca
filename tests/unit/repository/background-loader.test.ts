/** The loader at the top of the built background: each part once, when asked for, and again after a failure. */
import { describe, expect, it } from 'vitest';
import { createLoader, type Factory, type PartScope } from '../../../scripts/lib/background/loader.ts';

const parts = {
  'background/send.js': ['background/common.js', 'background/send.js'],
  'background/page.js': ['background/common.js', 'background/page.js'],
};

/** A browser with the built files in it, which can be made to fail; `kind` says how it brings code in. */
function aBrowser(kind: 'worker' | 'page') {
  const asked: string[] = [];
  const evaluated: string[] = [];
  let failures = 0;
  let install = () => {};
  const module = (name: string, code: (needs: (file: string) => unknown) => unknown): [string, Factory] => [
    name,
    (module, _, needs) => {
      evaluated.push(name);
      Object.assign(module, { exports: code(needs) });
    },
  ];
  const files: Record<string, [string, Factory]> = {
    'background/common.js': module('background/common.js', () => ({ opened: 0 })),
    'background/send.js': module('background/send.js', (needs) => ({ uses: needs('background/common.js') })),
    'background/page.js': module('background/page.js', (needs) => ({ uses: needs('background/common.js') })),
  };
  function run(url: string): void {
    asked.push(url);
    if (failures > 0) {
      failures -= 1;
      throw new Error('NetworkError');
    }
    loader.define(...(files[url.slice(1).replace(/\?.*/, '')] as [string, Factory]));
  }
  const policies: string[] = [];
  const worker: PartScope = {
    importScripts: (url) => run(`${url}`),
    // As with `require-trusted-types-for`: nothing but what a policy made is taken.
    trustedTypes: {
      createPolicy(name, rules) {
        policies.push(name);
        return { createScriptURL: (url) => ({ toString: () => rules.createScriptURL(url) }) };
      },
    },
    addEventListener: (_, listener) => {
      install = listener;
    },
  };
  const scope = kind === 'worker' ? worker : {};
  const loader = createLoader(
    scope,
    parts,
    async (url) => run(url),
    async () => {},
  );
  const failNext = (times: number) => {
    failures = times;
  };
  return { loader, asked, evaluated, policies, install: () => install(), failNext };
}

describe.each(['worker', 'page'] as const)("the background's loader in a %s", (kind) => {
  it('given two parts that share something, when both are asked for, then each file comes once, and what is shared is one', async () => {
    const { loader, asked, evaluated } = aBrowser(kind);
    const send = (await loader.load('background/send.js')) as { uses: object };
    const page = (await loader.load('background/page.js')) as { uses: object };
    expect(page.uses).toBe(send.uses);
    expect(await loader.load('background/send.js')).toBe(send);
    expect(asked).toEqual(['/background/common.js', '/background/send.js', '/background/page.js']);
    expect(evaluated).toEqual(['background/send.js', 'background/common.js', 'background/page.js']);
  });

  it('given a file that comes at the third try only, then the part is there, and nobody was told', async () => {
    const { loader, failNext } = aBrowser(kind);
    failNext(2);
    expect(await loader.load('background/send.js')).toMatchObject({ uses: { opened: 0 } });
  });

  it('given a file that does not come, then whoever asked is told so by name, and the next one who asks gets it', async () => {
    const { loader, failNext } = aBrowser(kind);
    failNext(3);
    await expect(loader.load('background/send.js')).rejects.toMatchObject({ name: 'PartError' });
    expect(await loader.load('background/send.js')).toMatchObject({ uses: { opened: 0 } });
  });
});

describe('while a service worker is being installed', () => {
  it('brings every part in, so that the browser keeps it with the worker, and runs none of them', () => {
    const { install, asked, evaluated } = aBrowser('worker');
    install();
    expect(asked).toEqual(['/background/common.js', '/background/send.js', '/background/page.js']);
    expect(evaluated).toEqual([]);
  });
});

describe('in a service worker', () => {
  it('runs nothing but the parts, by a policy that takes no other address', async () => {
    const { loader, asked, policies } = aBrowser('worker');
    await expect(loader.load('https://elsewhere.example/x.js')).rejects.toThrow();
    expect(asked).toEqual([]);
    expect(policies).toEqual(['background-parts']);
  });
});

describe('in a page', () => {
  it('asks for what failed under another address: what failed once may be kept as failed', async () => {
    const { loader, asked, failNext } = aBrowser('page');
    failNext(1);
    await loader.load('background/send.js');
    expect(asked).toEqual(['/background/common.js', '/background/common.js?1', '/background/send.js?1']);
  });
});
