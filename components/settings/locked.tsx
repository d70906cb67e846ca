import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { LockedNames } from './locked-names.ts';

interface LockableProps {
  /** Settings that the controls in here are about. */
  readonly of: readonly string[];
  readonly children: ComponentChildren;
}

/** Controls that nobody here can use where the organisation has set what they are about. */
export function Lockable({ of, children }: LockableProps) {
  const locked = useContext(LockedNames);
  if (!of.some((name) => locked.has(name))) return <>{children}</>;
  return (
    <fieldset class="st-locked" disabled>
      <legend class="small quiet">Set by your organisation</legend>
      {children}
    </fieldset>
  );
}
