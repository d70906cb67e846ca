/**
 * PGlite's folder storage with real fsync. As shipped, PGlite starts PostgreSQL with fsync off, and its file system
 * ignores fsync anyway: what was committed could be lost with the power. Here PostgreSQL asks for each sync that it
 * needs, and gets it.
 */
import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** The part of Emscripten's file system that is used; see NODEFS in its documentation. */
interface Emscripten {
  readonly NODEFS: {
    readonly stream_ops: { fsync?: (stream: { readonly nfd?: number; readonly node: unknown }) => number };
    realPath(node: unknown): string;
  };
}

function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export class DurableNodeFS extends NodeFS {
  override async init(...[pg, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pg, options);
    const withSync = (module: unknown) => {
      const { NODEFS } = module as Emscripten;
      NODEFS.stream_ops.fsync = ({ nfd, node }) => {
        // Emscripten opens no file for a folder; Windows cannot sync one.
        if (nfd !== undefined) fsyncSync(nfd);
        else if (process.platform !== 'win32') syncPath(NODEFS.realPath(node));
        return 0;
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), withSync] } };
  }
}

/** How PostgreSQL is started for it: as PGlite does, but with fsync on, by the one method that Emscripten passes on. */
export const durableStart = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

/** Syncs every file below a folder: once after the database was created, which happens without sync. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) syncPath(join(entry.parentPath, entry.name));
  }
  if (process.platform !== 'win32') syncPath(folder);
}
