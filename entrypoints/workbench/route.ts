/** The view as the address after `#`, so that reload, back and a copied link keep it. */
import type { ReviewQuery } from '../../utils/review/query.ts';

export type Route =
  | { readonly view: 'reviews'; readonly reviewId: string | null; readonly query: ReviewQuery }
  | { readonly view: 'delivery' }
  | { readonly view: 'settings' }
  | { readonly view: 'welcome' };

const verdicts = ['approve', 'correct', 'reject', 'unsure'] as const;
const deliveries = ['pending', 'delivered', 'dead', 'none'] as const;
const isDate = /^\d{4}-\d{2}-\d{2}$/;

function readQuery(parameters: URLSearchParams): ReviewQuery {
  const get = (name: string) => parameters.get(name) || undefined;
  const search = get('search');
  const site = get('site');
  const label = get('label');
  const verdict = verdicts.find((one) => one === get('verdict'));
  const delivery = deliveries.find((one) => one === get('delivery'));
  const [from, until] = [get('from'), get('until')].map((date) => (date && isDate.test(date) ? date : undefined));
  return {
    ...(search && { search }),
    ...(site && { site }),
    ...(verdict && { verdict }),
    ...(label && { label }),
    ...(from && { from }),
    ...(until && { until }),
    ...(delivery && { delivery }),
  };
}

/** Reads `location.hash`; anything unknown is the list of reviews. */
export function readRoute(hash: string): Route {
  const [path = '', parameters = ''] = hash.replace(/^#?\/?/, '').split('?');
  const [view, id] = path.split('/');
  if (view === 'delivery' || view === 'settings' || view === 'welcome') return { view };
  const query = readQuery(new URLSearchParams(parameters));
  // An id that cannot be decoded is no id.
  const reviewId = view === 'reviews' && id && /^[\w-]+$/.test(id) ? id : null;
  return { view: 'reviews', reviewId, query };
}

/** The hash of a view, `#` included. */
export function writeRoute(route: Route): string {
  if (route.view !== 'reviews') return `#/${route.view}`;
  const parameters = new URLSearchParams(Object.entries(route.query)).toString();
  const path = route.reviewId === null ? '#/reviews' : `#/reviews/${route.reviewId}`;
  return parameters === '' ? path : `${path}?${parameters}`;
}
