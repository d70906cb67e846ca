import {
  Filter,
  Globe,
  Inbox,
  ListChecks,
  MessagesSquare,
  Scale,
  ShieldCheck,
  SlidersHorizontal,
  Upload,
} from 'lucide';
import { useEffect } from 'preact/hooks';
import { LockedNames } from '../../components/settings/locked-names.ts';
import type { LossNoticeProps } from '../../components/workbench/loss-notice.tsx';
import type { NoticesProps } from '../../components/workbench/notices.tsx';
import { type NavigationItem, Shell } from '../../components/workbench/shell.tsx';
import type { Route } from './route.ts';
import { Lazy, partOf } from './views/lazy.tsx';
import { ReviewsView } from './views/reviews.tsx';
import type { Workbench } from './workbench.ts';

interface ViewProps {
  readonly workbench: Workbench;
}

// Reviews are what one comes for; the rest is loaded when it is asked for.
const parts = {
  delivery: partOf<ViewProps>(() => import('./views/delivery.tsx').then((module) => module.DeliveryView)),
  sites: partOf<ViewProps>(() => import('./views/sites.tsx').then((module) => module.SitesView)),
  rubric: partOf<ViewProps>(() => import('./views/rubric.tsx').then((module) => module.RubricView)),
  policies: partOf<ViewProps>(() => import('./views/policies.tsx').then((module) => module.PoliciesView)),
  triage: partOf<ViewProps>(() => import('./views/triage.tsx').then((module) => module.TriageView)),
  privacy: partOf<ViewProps>(() => import('./views/privacy.tsx').then((module) => module.PrivacyView)),
  settings: partOf<ViewProps>(() => import('./views/settings.tsx').then((module) => module.SettingsView)),
  welcome: partOf<ViewProps>(() => import('./views/welcome.tsx').then((module) => module.WelcomeView)),
  team: partOf<ViewProps>(() => import('./views/team.tsx').then((module) => module.TeamView)),
} as const;
const cases = partOf<ViewProps & { readonly caseId: string | null }>(() =>
  import('./views/cases.tsx').then((module) => module.CasesView),
);

const notices = partOf<NoticesProps>(() => import('../../components/workbench/notices.tsx').then((m) => m.Notices));
const lossNotice = partOf<LossNoticeProps>(() =>
  import('../../components/workbench/loss-notice.tsx').then((m) => m.LossNotice),
);

/** Views are called as their names in the address say. */
const titleOf = (view: string) => view.charAt(0).toUpperCase() + view.slice(1);

const icons = {
  reviews: Inbox,
  delivery: Upload,
  rubric: ListChecks,
  triage: Filter,
  policies: Scale,
  cases: MessagesSquare,
  sites: Globe,
  privacy: ShieldCheck,
  settings: SlidersHorizontal,
} as const;

function itemsOf(workbench: Workbench): NavigationItem[] {
  const notes = workbench.telling.value?.notesOf(workbench);
  return Object.entries(icons).map(([view, icon]) => ({
    ...{ href: `#/${view}`, name: titleOf(view), icon, note: notes?.[view] },
    current: view === workbench.location.route.value.view,
  }));
}

const lockedNames = ({ managed }: Workbench): ReadonlySet<string> =>
  new Set(Object.keys(managed.value.value?.settings ?? {}));

function View({ route, workbench }: { readonly route: Route; readonly workbench: Workbench }) {
  if (route.view === 'reviews') return <ReviewsView workbench={workbench} route={route} />;
  if (route.view === 'cases') return <Lazy part={cases} props={{ workbench, caseId: route.caseId }} />;
  // One view must not take the place of another as if it were the same.
  return <Lazy key={route.view} part={parts[route.view]} props={{ workbench }} />;
}

export function App({ workbench }: { readonly workbench: Workbench }) {
  const route = workbench.location.route.value;
  const told = workbench.notices.list.value;
  const loss = workbench.loss.value.value;
  const failure = workbench.counts.value.failure ?? workbench.destinations.value.failure;
  useEffect(() => {
    document.title = `${titleOf(route.view)} · Countersign`;
  }, [route.view]);
  return (
    <>
      <Shell
        items={itemsOf(workbench)}
        help={{
          keys: workbench.settings.value.keys.help,
          show: () => void import('./help.ts').then(({ toggleKeys }) => toggleKeys(workbench.settings.peek())),
        }}
        state={workbench.telling.value?.stateWords(workbench) ?? ''}
      >
        {failure && (
          <p class="wb-failure" role="alert">
            {failure.message} {failure.next}
          </p>
        )}
        {loss && (
          <Lazy
            part={lossNotice}
            props={{ loss, now: workbench.now.value, onDismiss: () => void workbench.act('dismissLoss', {}) }}
          />
        )}
        <LockedNames.Provider value={lockedNames(workbench)}>
          <View route={route} workbench={workbench} />
        </LockedNames.Provider>
      </Shell>
      <div class="wb-notices" role="status">
        {told.length > 0 && <Lazy part={notices} props={{ notices: told, onDismiss: workbench.notices.dismiss }} />}
      </div>
    </>
  );
}
