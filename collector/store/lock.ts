/**
 * The lock on a data folder: PGlite takes none, and two processes in one folder destroy it. A file with the holder's
 * process id; the lock of a process that is gone is taken over. It also tells other commands where to ask the holder.
 */
import { randomBytes } from 'node:crypto';
import { constants, copyFileSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from './database.ts';

/** Who holds a folder. */
export interface Holder {
  readonly pid: number;
  /** When the process began, as the system tells it; null where it does not. Tells a process id from its reuse. */
  readonly born: string | null;
  /** Where the holder answers, once it listens. */
  readonly url: string | null;
  /** Proves to the holder that a command may read this file, so is on this computer and is the same user. */
  readonly secret: string;
}

export interface FolderLock {
  readonly holder: Holder;
  /** Tells other commands where this process listens. */
  announce(url: string): void;
  release(): void;
}

/** The folder is in use. */
export class FolderTaken extends StoreError {
  readonly holder: Holder;

  constructor(folder: string, path: string, holder: Holder) {
    super(
      `The data folder ${folder} is in use by process ${holder.pid}${holder.url === null ? '' : ` at ${holder.url}`}. ` +
        `Stop that collector first, or choose another folder with --data. If process ${holder.pid} is no collector, delete ${path}.`,
    );
    this.holder = holder;
  }
}

/** When a process began, in ticks since the computer started: field 22 of /proc/<pid>/stat, on Linux. */
function bornAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function isAlive({ pid, born }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = bornAt(pid);
  return born === null || now === null || now === born;
}

function read(path: string): Holder | null {
  try {
    const holder: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof holder === 'object' && holder !== null && 'pid' in holder ? (holder as Holder) : null;
  } catch {
    return null;
  }
}

/** Who holds the folder now; null where nobody does. */
export function holderOf(folder: string): Holder | null {
  const holder = read(join(folder, 'collector.lock'));
  return holder && isAlive(holder) ? holder : null;
}

/** Takes the folder for this process, or throws `FolderTaken`. */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'collector.lock');
  const secret = randomBytes(32).toString('base64url');
  const holder: Holder = { pid: process.pid, born: bornAt(process.pid), url: null, secret };
  const own = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  // Written whole and then linked: nobody ever reads half a lock, and only one link to the name can succeed.
  writeFileSync(own, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
  try {
    for (;;) {
      if (place(own, path)) break;
      const before = read(path);
      if (before && isAlive(before)) throw new FolderTaken(folder, path, before);
      takeAway(path, before);
    }
  } finally {
    rmSync(own, { force: true });
  }
  const isOurs = () => read(path)?.secret === secret;
  return {
    holder,
    announce(url) {
      const next = `${own}.url`;
      writeFileSync(next, JSON.stringify({ ...holder, url }), { mode: 0o600 });
      if (isOurs()) renameSync(next, path);
      else rmSync(next, { force: true });
    },
    release() {
      if (isOurs()) rmSync(path, { force: true });
    },
  };
}

/** Gives a file a second name, or its content where the file system has no links; false where the name is taken. */
function place(own: string, path: string): boolean {
  for (const attempt of [() => linkSync(own, path), () => copyFileSync(own, path, constants.COPYFILE_EXCL)]) {
    try {
      attempt();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    }
  }
  throw new StoreError(`The lock ${path} cannot be written.`);
}

/** Removes a dead lock, but not one that another process put in its place meanwhile. */
function takeAway(path: string, dead: Holder | null): void {
  const aside = `${path}.dead-${randomBytes(4).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const taken = read(aside);
  if (taken && taken.secret !== dead?.secret) {
    // Where this fails, a third process was faster; it will find out who is alive.
    place(aside, path);
  }
  rmSync(aside, { force: true });
}
