/** A disk of its own, small enough to be filled: a file system in memory, which takes the rights of root to mount. */
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Fills it to the last byte. */
  fill(): Promise<void>;
  /** Makes room again. */
  clear(): void;
  remove(): void;
}

/** Writes until nothing more fits. */
function writeAll(file: string): Promise<void> {
  return new Promise((resolve) => {
    const stream = createWriteStream(file);
    const piece = Buffer.alloc(1 << 20, 1);
    const more = () => {
      while (stream.write(piece));
    };
    stream.on('drain', more);
    stream.on('error', () => resolve());
    more();
  });
}

/** Mounts one, or answers null where this user may not. */
export function mountSmallDisk(megabytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'countersign', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => writeAll(filler),
    clear: () => rmSync(filler, { force: true }),
    remove() {
      execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
