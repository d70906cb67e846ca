/** Ends what the specs of a run shared, however the run ended. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup(): () => void {
  const list = join(tmpdir(), `countersign-shared-${process.pid}`);
  writeFileSync(list, '');
  process.env.COUNTERSIGN_SHARED = list;
  return () => {
    for (const line of readFileSync(list, 'utf8').split('\n').filter(Boolean)) {
      const { pid, profile }: { pid: number; profile: string | null } = JSON.parse(line);
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended already.
      }
      if (profile) rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
    rmSync(list);
  };
}
