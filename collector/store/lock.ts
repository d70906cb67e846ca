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

/** Who holds a lock: `absent` where there is none, `unknown` where it cannot be read, which no living process leaves. */
function read(path: string): Holder | 'absent' | 'unknown' {
  try {
    const holder: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof holder === 'object' && holder !== null && 'pid' in holder ? (holder as Holder) : 'unknown';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'unknown';
  }
}

/** Who holds the folder now; null where nobody does. */
export function holderOf(folder: string): Holder | null {
  const holder = read(join(folder, 'collector.lock'));
  return typeof holder === 'object' && isAlive(holder) ? holder : null;
}

/** Takes the folder for this process, or throws `FolderTaken`. Waits up to 2 s for others that start at the same time. */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'collector.lock');
  const secret = randomBytes(32).toString('base64url');
  const holder: Holder = { pid: process.pid, born: bornAt(process.pid), url: null, secret };
  const own = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  // Written whole and then given its name: nobody ever reads half a lock.
  writeFileSync(own, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
  try {
    for (let attempt = 0; !place(own, path) && !replaceDead(own, path, folder); attempt += 1) {
      if (attempt >= 40)
        throw new StoreError(`A start of the collector broke off in ${folder}. Delete ${path}.taking.`);
      pause(50);
    }
  } finally {
    rmSync(own, { force: true });
  }
  const isOurs = () => {
    const now = read(path);
    return typeof now === 'object' && now.secret === secret;
  };
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

/**
 * Puts our lock in the place of one whose holder is gone; false where somebody else is at it. Throws `FolderTaken` where
 * the holder lives. Only one process at a time may replace a lock, or the second would replace that of the first.
 */
function replaceDead(own: string, path: string, folder: string): boolean {
  const seen = read(path);
  if (typeof seen === 'object' && isAlive(seen)) throw new FolderTaken(folder, path, seen);
  const taking = `${path}.taking`;
  if (!place(own, taking)) return false;
  try {
    const before = read(path);
    // Absent: it was released meanwhile, and its name can be had in the ordinary way.
    if (before === 'absent' || (typeof before === 'object' && isAlive(before))) return false;
    renameSync(own, path);
    return true;
  } finally {
    rmSync(taking, { force: true });
  }
}

const pause = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
