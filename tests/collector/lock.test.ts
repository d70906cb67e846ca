import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FolderTaken, holderOf, lockFolder } from '../../collector/store/lock.ts';
import { temporaryFolder } from '../support/collector.ts';

const lockModule = new URL('../../collector/store/lock.ts', import.meta.url).href;

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'collector.lock');
});
afterEach(() => folder.remove());

/** The process id of a process that is certainly gone. */
async function aDeadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('the lock of a data folder', () => {
  test('is had by one at a time, and says by whom', () => {
    const lock = lockFolder(folder.path);
    expect(() => lockFolder(folder.path)).toThrow(FolderTaken);
    expect(() => lockFolder(folder.path)).toThrow(new RegExp(`in use by process ${process.pid}.*--data`));
    lock.release();
    lockFolder(folder.path).release();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('tells where its holder listens, and a secret that only the same user can read', () => {
    const lock = lockFolder(folder.path);
    expect(holderOf(folder.path)).toMatchObject({ pid: process.pid, url: null });
    lock.announce('http://127.0.0.1:7411');
    expect(holderOf(folder.path)).toMatchObject({ url: 'http://127.0.0.1:7411', secret: lock.holder.secret });
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    lock.release();
    expect(holderOf(folder.path)).toBeNull();
  });

  test('of a process that is gone is taken over', async () => {
    writeFileSync(path, JSON.stringify({ pid: await aDeadProcess(), born: null, url: null, secret: 'old' }));
    expect(holderOf(folder.path)).toBeNull();
    const lock = lockFolder(folder.path);
    expect(holderOf(folder.path)).toMatchObject({ pid: process.pid });
    lock.release();
  });

  test.runIf(process.platform === 'linux')('of a process whose id another one has now is taken over', () => {
    writeFileSync(path, JSON.stringify({ pid: process.pid, born: '1', url: null, secret: 'old' }));
    lockFolder(folder.path).release();
  });

  test.each(['', 'garbage', '{"pid":', '[]'])('that holds %o is taken over', (content) => {
    writeFileSync(path, content);
    lockFolder(folder.path).release();
  });

  test('is not released by who lost it', () => {
    const lock = lockFolder(folder.path);
    const other = JSON.stringify({ pid: process.pid, born: null, url: null, secret: 'other' });
    writeFileSync(path, other);
    lock.announce('http://127.0.0.1:1');
    lock.release();
    expect(readFileSync(path, 'utf8')).toBe(other);
  });

  test('is won by exactly one of several processes that find a dead one at the same time', async () => {
    const dead = await aDeadProcess();
    for (let round = 0; round < 5; round += 1) {
      writeFileSync(path, JSON.stringify({ pid: dead, born: null, url: null, secret: 'old' }));
      // Each says when it is ready, waits for the start, says how it went, and stays until its input ends.
      const script = `
        const { lockFolder } = await import(${JSON.stringify(lockModule)});
        console.log('ready');
        process.stdin.once('data', () => {
          try { lockFolder(${JSON.stringify(folder.path)}); console.log('won'); } catch (error) { console.log(error.name); }
        });`;
      const racers = [1, 2, 3, 4].map(() => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
        const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
        return { child, next: async () => (await lines.next()).value as string };
      });
      await Promise.all(racers.map(({ next }) => next()));
      for (const { child } of racers) child.stdin.write('go');
      const said = await Promise.all(racers.map(({ next }) => next()));
      await Promise.all(racers.map(({ child }) => [once(child, 'exit'), child.stdin.end()][0]));
      expect(said.toSorted()).toEqual(['StoreError', 'StoreError', 'StoreError', 'won']);
    }
  });

  test('given a start that broke off while it took the lock over, it says what to delete', () => {
    writeFileSync(path, '{}');
    writeFileSync(`${path}.taking`, '');
    expect(() => lockFolder(folder.path)).toThrow(/Delete .*collector\.lock\.taking/);
    expect(readdirSync(folder.path)).toHaveLength(2);
  });
});
