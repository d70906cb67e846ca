/** Brings the rows in memory up to what `storage.session` has, in a background that has just started or a page that looks on. */
import type { DBCoreTable } from 'dexie';
import { Memory } from './memory.ts';
import { keptIn, Mirror, type SessionArea, type SessionChanges } from './mirror.ts';

export interface OpenParts {
  readonly session: SessionArea | null;
  /** The one context that writes. The others follow what it has written. */
  readonly owns: boolean;
  /** The table on disk whose place is taken. */
  readonly diskOf: (name: string) => DBCoreTable;
  /** A follower has something new to show. */
  readonly onChange: () => void;
}

export async function openMemory({ session, owns, diskOf, onChange }: OpenParts): Promise<Memory> {
  if (!session) return new Memory();
  let memory: Memory | null = null;
  const early: SessionChanges[] = [];
  const take = (item: string, value: unknown) => {
    const kept = keptIn(item, value);
    if (kept) memory?.restore(diskOf(kept.table), kept.name, kept.row);
    return kept !== null;
  };
  const follow = (changes: SessionChanges) => {
    if (!memory) early.push(changes);
    else if (Object.entries(changes).filter(([item, { newValue }]) => take(item, newValue)).length > 0) onChange();
  };
  if (!owns) session.onChanged.addListener(follow);
  const items = await session.get(null);
  memory = new Memory({ mirror: owns ? new Mirror(session, items) : null });
  for (const [item, value] of Object.entries(items)) take(item, value);
  for (const changes of early) follow(changes);
  return memory;
}
