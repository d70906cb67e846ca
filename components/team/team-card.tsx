import { LogOut, RefreshCw } from 'lucide';
import { useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { countWords } from '../workbench/wording.ts';
import type { TeamCardView } from './types.ts';

interface TeamCardProps {
  readonly team: TeamCardView;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onCheck: () => void;
  readonly onLeave: (owed: 'keep' | 'discard') => void;
}

/** Leaving, asked in its place: what goes, what comes back, and what becomes of what still waits. */
function Leaving({ team, onLeave, onStay }: Pick<TeamCardProps, 'team' | 'onLeave'> & { readonly onStay: () => void }) {
  const { name, waiting } = team;
  const about = `Leave ${name}? Its destinations with their tokens, its rubric, guidelines, policies, rules and settings go; what you had before comes back. Your reviews stay.`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div
      class="cs-confirm"
      role="group"
      aria-label={about}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onStay();
      }}
    >
      <p class="captured">{about}</p>
      {waiting > 0 && (
        <p>
          {countWords(waiting, 'delivery', 'deliveries')} to the team {waiting === 1 ? 'is' : 'are'} still waiting.
        </p>
      )}
      <div class="cs-confirm-buttons">
        <Button elementRef={(element) => element?.focus()} onPress={onStay}>
          Stay
        </Button>
        {waiting > 0 && <Button onPress={() => onLeave('keep')}>Leave, and still deliver them</Button>}
        <Button kind="danger" onPress={() => onLeave('discard')}>
          {waiting > 0 ? 'Leave, and do not deliver them' : 'Leave the team'}
        </Button>
      </div>
    </div>
  );
}

/** The team that the reviewer is in. */
export function TeamCard({ team, busy, problem, onCheck, onLeave }: TeamCardProps) {
  const { name, version, about, since, updated, url, sets } = team;
  const [leaving, setLeaving] = useState(false);
  return (
    <section class="te-card" aria-labelledby="team-title">
      <h2 id="team-title" class="captured">
        {name}
      </h2>
      <p class="quiet">
        Version {version}. You joined {since}
        {updated && `, and took this version ${updated}`}.
      </p>
      {about && <p class="captured te-about">{about}</p>}
      {sets.length > 0 && (
        <ul class="te-sets">
          {sets.map((one) => (
            <li key={one} class="captured">
              {one}
            </li>
          ))}
        </ul>
      )}
      <p class="quiet captured">
        {url === null
          ? 'It came from a file: choose another file below for a new version.'
          : `New versions are asked for at ${url}, when you say so.`}
      </p>
      <div role="alert">{problem && <p class="te-bad captured">{problem}</p>}</div>
      {leaving ? (
        <Leaving
          team={team}
          onStay={() => setLeaving(false)}
          onLeave={(owed) => {
            setLeaving(false);
            onLeave(owed);
          }}
        />
      ) : (
        <div class="wb-buttons">
          {url !== null && (
            <Button icon={RefreshCw} disabled={busy} onPress={onCheck}>
              {busy ? 'Asking' : 'Check for a new version'}
            </Button>
          )}
          <Button kind="quiet" icon={LogOut} disabled={busy} onPress={() => setLeaving(true)}>
            Leave the team
          </Button>
        </div>
      )}
    </section>
  );
}
