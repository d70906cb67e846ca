/** The view as the address after `#`, so that reload, back and a copied link keep it. */
import type { ReviewQuery } from '../../utils/review/query.ts';

export type Route =
  | { readonly view: 'reviews'; readonly reviewId: string | null; readonly query: ReviewQuery }
  | { readonly view: 'delivery' }
  | { readonly view: 'rubric' }
  | { readonly view: 'triage' }
  | { readonly view: 'policies' }
  | { readonly view: 'cases'; readonly caseId: string | null }
  | { readonly view: 'sites' }
  | { readonly view: 'privacy' }
  | { readonly view: 'settings' }
  | { readonly view: 'welcome' }
  | { readonly view: 'team' };

const anything = /./;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** What each condition may be; anything else is no condition. */
const conditions: Readonly<Record<keyof ReviewQuery, RegExp>> = {
  search: anything,
  site: anything,
  verdict: /^(?:approve|correct|reject|unsure)$/,
  label: anything,
  from: day,
  until: day,
  delivery: /^(?:pending|delivered|dead|none)$/,
};

function readQuery(parameters: URLSearchParams): ReviewQuery {
  const entries = Object.entries(conditions).map(([name, form]) => [name, parameters.get(name), form] as const);
  return Object.fromEntries(
    entries.flatMap(([name, value, form]) => (value && form.test(value) ? [[name, value]] : [])),
  );
}

const others = ['delivery', 'rubric', 'triage', 'policies', 'sites', 'privacy', 'settings', 'welcome', 'team'] as const;

/** Reads `location.hash`; anything unknown is the list of reviews. */
export function readRoute(hash: string): Route {
  const [path = '', parameters = ''] = hash.replace(/^#?\/?/, '').split('?');
  const [view, id] = path.split('/');
  const other = others.find((name) => name === view);
  if (other) return { view: other };
  if (view === 'cases') return { view, caseId: id && /^[\w-]+$/.test(id) ? id : null };
  const query = readQuery(new URLSearchParams(parameters));
  // An id that cannot be decoded is no id.
  const reviewId = view === 'reviews' && id && /^[\w-]+$/.test(id) ? id : null;
  return { view: 'reviews', reviewId, query };
}

/** The hash of a view, `#` included. */
export function writeRoute(route: Route): string {
  if (route.view === 'cases') return route.caseId === null ? '#/cases' : `#/cases/${route.caseId}`;
  if (route.view !== 'reviews') return `#/${route.view}`;
  const parameters = new URLSearchParams(Object.entries(route.query)).toString();
  const path = route.reviewId === null ? '#/reviews' : `#/reviews/${route.reviewId}`;
  return parameters === '' ? path : `${path}?${parameters}`;
}
