/** Applies the policies in force. What was cut off stays off until the browser is restarted, or the policy is changed. */
import type { BrokenPolicy, PolicyHit, PolicySubject } from '../../utils/review/policy.ts';
import { currentProject } from '../../utils/storage/current-project.ts';
import { POLICIES_OFF, type PoliciesOff } from '../../utils/triage/off.ts';
import { applyPolicies, type Compiled, compilePolicies } from '../../utils/triage/policies.ts';
import type { Room } from './room.ts';

export interface Policing {
  /** Which policies apply; `broken` are all that are off, and have no say. */
  apply(
    subject: PolicySubject,
  ): Promise<{ readonly hits: readonly PolicyHit[]; readonly broken: readonly BrokenPolicy[] }>;
}

type Parts = Pick<Room, 'database' | 'session'>;

function createPolicing({ database, session }: Parts): Policing {
  let kept: { readonly of: string; readonly compiled: Compiled } | null = null;

  async function ready(): Promise<Compiled> {
    const { policies = [], topics } = await currentProject(database);
    const of = JSON.stringify([policies, topics]);
    if (kept?.of === of) return kept.compiled;
    const off = ((await session.get(POLICIES_OFF))[POLICIES_OFF] ?? {}) as PoliciesOff;
    const still = policies.flatMap((policy): BrokenPolicy[] => {
      const { of: then, ...broken } = off[policy.id] ?? { of: null };
      return then === JSON.stringify(policy) ? [broken as BrokenPolicy] : [];
    });
    const compiled = compilePolicies(policies, topics, still);
    kept = { of, compiled };
    return compiled;
  }

  async function remember({ ready: policies, off }: Compiled): Promise<void> {
    const rows = policies.flatMap(({ policy }) => {
      const broken = off.get(policy.id);
      return broken ? [[policy.id, { ...broken, of: JSON.stringify(policy) }]] : [];
    });
    await session.set({ [POLICIES_OFF]: Object.fromEntries(rows) });
  }

  return {
    async apply(subject) {
      const compiled = await ready();
      const before = compiled.off.size;
      const applied = applyPolicies(compiled, subject);
      if (compiled.off.size > before) await remember(compiled);
      return applied;
    },
  };
}

const made = new WeakMap<object, Policing>();

/** The one of this background. */
export function policingOf({ database, session }: Parts): Policing {
  const own = made.get(database) ?? createPolicing({ database, session });
  made.set(database, own);
  return own;
}
