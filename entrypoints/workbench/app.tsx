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
const delivery = partOf<ViewProps>(() => import('./views/delivery.tsx').then((module) => module.DeliveryView));
const sites = partOf<ViewProps>(() => import('./views/sites.tsx').then((module) => module.SitesView));
const rubric = partOf<ViewProps>(() => import('./views/rubric.tsx').then((module) => module.RubricView));
const policies = partOf<ViewProps>(() => import('./views/policies.tsx').then((module) => module.PoliciesView));
const cases = partOf<ViewProps & { readonly caseId: string | null }>(() =>
  import('./views/cases.tsx').then((module) => module.CasesView),
);
const triage = partOf<ViewProps>(() => import('./views/triage.tsx').then((module) => module.TriageView));
const privacy = partOf<ViewProps>(() => import('./views/privacy.tsx').then((module) => module.PrivacyView));
const settings = partOf<ViewProps>(() => import('./views/settings.tsx').then((module) => module.SettingsView));
const welcome = partOf<ViewProps>(() => import('./views/welcome.tsx').then((module) => module.WelcomeView));

const notices = partOf<NoticesProps>(() => import('../../components/workbench/notices.tsx').then((m) => m.Notices));
const lossNotice = partOf<LossNoticeProps>(() =>
  import('../../components/workbench/loss-notice.tsx').then((m) => m.LossNotice),
);

const titles = {
  reviews: 'Reviews',
  delivery: 'Delivery',
  rubric: 'Rubric',
  triage: 'Triage',
  policies: 'Policies',
  cases: 'Cases',
  sites: 'Sites',
  privacy: 'Privacy',
  settings: 'Settings',
  welcome: 'Welcome',
} as const;

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
    ...{ href: `#/${view}`, name: titles[view as keyof typeof icons], icon, note: notes?.[view] },
    current: view === workbench.location.route.value.view,
  }));
}

const lockedNames = ({ managed }: Workbench): ReadonlySet<string> =>
  new Set(Object.keys(managed.value.value?.settings ?? {}));

function View({ route, workbench }: { readonly route: Route; readonly workbench: Workbench }) {
  switch (route.view) {
    case 'reviews':
      return <ReviewsView workbench={workbench} route={route} />;
    case 'delivery':
      return <Lazy part={delivery} props={{ workbench }} />;
    case 'rubric':
      return <Lazy part={rubric} props={{ workbench }} />;
    case 'policies':
      return <Lazy part={policies} props={{ workbench }} />;
    case 'cases':
      return <Lazy part={cases} props={{ workbench, caseId: route.caseId }} />;
    case 'triage':
      return <Lazy part={triage} props={{ workbench }} />;
    case 'sites':
      return <Lazy part={sites} props={{ workbench }} />;
    case 'privacy':
      return <Lazy part={privacy} props={{ workbench }} />;
    case 'settings':
      return <Lazy part={settings} props={{ workbench }} />;
    case 'welcome':
      return <Lazy part={welcome} props={{ workbench }} />;
  }
}

export function App({ workbench }: { readonly workbench: Workbench }) {
  const route = workbench.location.route.value;
  const told = workbench.notices.list.value;
  const loss = workbench.loss.value.value;
  const failure = workbench.counts.value.failure ?? workbench.destinations.value.failure;
  useEffect(() => {
    document.title = `${titles[route.view]} · Countersign`;
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
