/** Leads to what keeps a judgement from being saved. */
import type { Problem } from '../../utils/review/rubric-use.ts';
import { places } from './view.ts';

const first = (root: Element | null) =>
  root?.querySelector<HTMLElement>('textarea, input, button:not([tabindex="-1"])') ?? null;

/** Focuses the control where the first problem is. */
export function focusProblem([problem]: readonly Problem[], page: Document): void {
  const [part, id = ''] = problem?.where.split(/:(.*)/s) ?? [];
  const marked = (attribute: string, value: string) => page.querySelector(`[${attribute}="${CSS.escape(value)}"]`);
  const control =
    part === 'compared'
      ? first(page.querySelector('[data-problem][data-answer]:not([data-answer="own"])'))
      : part === 'dimension'
        ? first(page.querySelector(`[data-answer="own"][data-scale="${CSS.escape(id)}"]`) ?? marked('data-scale', id))
        : part === 'reason'
          ? page.getElementById(`ed-reason-${id}`)
          : problem?.is === 'missing'
            ? page.getElementById(places.comment)
            : first(marked('data-means', `label:${id}`));
  control?.focus();
}
