import '../../../components/workbench/page.css';
import '../../../components/team/team.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Invitation } from '../../../components/team/invitation.tsx';
import { PlanView } from '../../../components/team/plan-view.tsx';
import { TeamCard } from '../../../components/team/team-card.tsx';
import type { TeamCardView } from '../../../components/team/types.ts';
import { countWords, siteName, timeWords } from '../../../components/workbench/wording.ts';
import { type Membership, storedTeam } from '../../../utils/storage/membership.ts';
import { destinationViews } from '../store/destinations.ts';
import { createJoining } from '../store/joining.ts';
import { live } from '../store/live.ts';
import type { Workbench } from '../workbench.ts';
import { useStore } from './use-store.ts';

/** The link that the popup handed over, out of the address at once: it is as good as a password. */
function takeLink(workbench: Workbench): string {
  const link = new URLSearchParams(location.hash.split('?')[1] ?? '').get('link') ?? '';
  if (link !== '') history.replaceState(null, '', '#/team');
  workbench.location.go({ view: 'team' }, 'replace');
  return link;
}

function setsOf({ before, granted }: Membership, destinations: readonly { readonly name: string }[]): string[] {
  const { project, rules, settings } = before;
  const count = Object.keys(settings?.teams ?? {}).length;
  return [
    ...destinations.map(({ name }) => `Your reviews go to “${name}”.`),
    ...(project ? ['Rubric, guidelines and policies are the team’s.'] : []),
    ...(rules ? ['Site rules are the team’s.'] : []),
    ...(granted.length > 0
      ? [`Turned on for it: ${granted.map((one) => siteName(one.replace(/\/\*$/, ''))).join(', ')}.`]
      : []),
    ...(count > 0 ? [`${countWords(count, 'setting')} of what is kept and redacted.`] : []),
  ];
}

/** The team that the reviewer is in, or an invitation to one. */
export function TeamView({ workbench }: { readonly workbench: Workbench }) {
  const { browser, database, call, notices, now } = workbench;
  const { permissions } = browser;
  const link = useSignal('');
  const joining = useStore(() => createJoining({ database, permissions, call }));
  // Read apart from an absent one, so that the page does not offer to join while it looks.
  const stored = useStore((stop) => live(async () => ({ member: await storedTeam(database) }), stop)).value.value;
  useEffect(() => {
    link.value = takeLink(workbench);
  }, [link, workbench]);

  const cardOf = (member: Membership): TeamCardView => {
    const ids = Object.values(member.destinations);
    const destinations = destinationViews(workbench).filter(({ id }) => ids.includes(id));
    const { name, version, about, joinedAt, updatedAt, source } = member;
    return {
      ...{ name, version, about },
      since: timeWords(joinedAt, now.value),
      updated: updatedAt === joinedAt ? null : timeWords(updatedAt, now.value),
      url: source?.url ?? null,
      sets: setsOf(member, destinations),
      waiting: destinations.reduce((sum, { owed, dead }) => sum + owed + dead, 0),
    };
  };
  const join = async () => {
    const name = await joining.join();
    if (name === null) return;
    link.value = '';
    notices.tell({ tone: 'good', text: `You are in the team ${name}.` });
  };
  const leave = async (member: Membership, owed: 'keep' | 'discard') => {
    if (await joining.leave(owed)) notices.tell({ tone: 'quiet', text: `You have left ${member.name}.` });
  };

  if (!stored) return null;
  const { member } = stored;
  const offer = joining.offer.value;
  const problem = joining.problem.value;
  return (
    <div class="wb-page">
      <header class="wb-page-head">
        <h1>Team</h1>
      </header>
      {offer ? (
        <PlanView
          plan={offer.plan}
          busy={joining.busy.value}
          problem={problem}
          onJoin={() => void join()}
          onCancel={joining.cancel}
        />
      ) : (
        <>
          {member && (
            <TeamCard
              team={cardOf(member)}
              busy={joining.busy.value}
              problem={problem}
              onCheck={() => void joining.check()}
              onLeave={(owed) => void leave(member, owed)}
            />
          )}
          <Invitation
            link={link.value}
            isMember={member !== null}
            busy={joining.busy.value}
            problem={member ? null : problem}
            onLink={(typed) => {
              link.value = typed;
              void joining.lookAtLink(typed);
            }}
            onFile={(file) => void joining.lookAtFile(file)}
          />
        </>
      )}
    </div>
  );
}
