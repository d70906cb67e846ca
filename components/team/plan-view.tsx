import { TriangleAlert } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { LateDisclosure } from '../controls/disclosure.tsx';
import { Icon } from '../controls/icon.tsx';
import { Status } from '../controls/status.tsx';
import type { PlanLine, PlanPart, TeamPlan } from './types.ts';

const words = { added: 'New', removed: 'Gone', changed: 'Changed', kept: 'Stays' } as const;

function Lines({ lines }: { readonly lines: readonly PlanLine[] }) {
  return (
    <ul class="te-lines">
      {lines.map(({ is, what, how, warning }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that is made anew as a whole
        <li key={index}>
          <span class={`te-is te-${is}`}>{words[is]}</span>
          <div class="captured">
            <span>{what}</span>
            {how.map((one) => (
              <p key={one} class="quiet">
                {one}
              </p>
            ))}
            {warning && (
              <p class="te-warning">
                <Icon node={TriangleAlert} size={14} />
                <span>{warning}</span>
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Part({ part: { title, about, lines, more } }: { readonly part: PlanPart }) {
  return (
    <section class="te-part">
      <h3>{title}</h3>
      {about && <p class="quiet">{about}</p>}
      <Lines lines={lines} />
      {more && more.length > 0 && (
        <LateDisclosure summary="Everything that is different">{() => <Lines lines={more} />}</LateDisclosure>
      )}
    </section>
  );
}

interface PlanViewProps {
  readonly plan: TeamPlan;
  readonly busy: boolean;
  /** Why it did not work. */
  readonly problem: string | null;
  /** Within the click: the browser asks for its permissions only there. */
  readonly onJoin: () => void;
  readonly onCancel: () => void;
}

/** What joining, or a new version, would change; and one question. */
export function PlanView({ plan, busy, problem, onJoin, onCancel }: PlanViewProps) {
  const { name, version, was, about, from, parts, blocked } = plan;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const isNew = was === null;
  const heading = isNew ? `Join ${name}?` : `Take version ${version} of ${name}?`;
  return (
    <section class="te-card te-plan" aria-labelledby="plan-title">
      <h2 id="plan-title" class="captured" ref={title} tabIndex={-1}>
        {heading}
      </h2>
      <p class="quiet captured">
        {isNew ? `Version ${version}` : `You have version ${was}`}, from {from}.
      </p>
      {about && <p class="captured te-about">{about}</p>}
      {parts.length === 0 && <p>Nothing is different from what you have.</p>}
      {parts.map((part) => (
        <Part key={part.title} part={part} />
      ))}
      <p class="quiet">
        {isNew
          ? 'Your reviews stay yours. Leaving the team takes all of this away again and brings back what you have now.'
          : 'Nothing changes before you agree.'}
      </p>
      {blocked && (
        <Status tone="bad" icon={TriangleAlert}>
          {blocked}
        </Status>
      )}
      {problem && (
        <Status tone="bad" icon={TriangleAlert} role="alert">
          {problem}
        </Status>
      )}
      <div class="wb-buttons">
        {parts.length > 0 && (
          <Button kind="primary" disabled={busy || blocked !== null} onPress={onJoin}>
            {busy ? 'Asking' : isNew ? 'Join the team' : 'Take this version'}
          </Button>
        )}
        <Button onPress={onCancel} disabled={busy}>
          {parts.length > 0 ? 'Cancel' : 'Close'}
        </Button>
      </div>
    </section>
  );
}
