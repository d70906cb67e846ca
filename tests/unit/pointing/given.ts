/** A page with a conversation that no rule knows, and the picker on it. For happy-dom, which has no layout. */
import type { PickerCommand, PickerView } from '../../../components/picker/view.ts';
import { createPickSession } from '../../../entrypoints/pointing/session.ts';
import type { Preview, Response, SiteRule, UnknownAuthor } from '../../../utils/detection/types.ts';
import type { Failure } from '../../../utils/errors.ts';
import type { Call } from '../../../utils/messaging/client.ts';
import type { ContentCalls } from '../../../utils/messaging/contract.ts';
import type { Beginning } from '../../../utils/parts.ts';
import { err, ok } from '../../../utils/result.ts';
import { aResponse } from '../toolbar/given.ts';

export const aRule = (assistant: string, change: Partial<SiteRule> = {}): SiteRule => ({
  id: 'pointed',
  name: 'Pointed',
  version: '1',
  matches: [],
  variants: [{ id: 'pointed', assistant }],
  provenance: { source: 'pointed at', date: '2026-11-21', confidence: 'low' },
  ...change,
});

/** Six messages: the odd ones are the customer's, the even ones Fin's, the last one a colleague's. */
export function aThread(): readonly HTMLElement[] {
  document.body.innerHTML = `<nav><a>Home</a><a>Orders</a></nav><main>${['Ann', 'Fin', 'Ann', 'Fin', 'Ann', 'Joe']
    .map(
      (name, at) => `<div class="row ${at % 2 ? 'in' : 'out'}"><b>${name}</b><p>Text <i>number</i> ${at + 1}</p></div>`,
    )
    .join('')}</main>`;
  const rows = [...document.querySelectorAll<HTMLElement>('.row')];
  for (const element of document.querySelectorAll<HTMLElement>('*')) {
    element.checkVisibility = () => true;
    element.scrollIntoView = () => {};
    const top =
      20 +
      60 *
        Math.max(
          0,
          rows.findIndex((row) => row.contains(element)),
        );
    element.getBoundingClientRect = () => new DOMRect(20, top, 400, 50);
  }
  return rows;
}

const nameIn = (element: Element) => element.querySelector('b')?.textContent ?? null;

interface Change {
  /** Selectors of the rules that are proposed, the best first. */
  readonly rules?: readonly SiteRule[];
  readonly authors?: readonly UnknownAuthor[];
  readonly failure?: Failure;
  readonly example?: Element;
  readonly kept?: Beginning['kept'];
}

export function aPicker(rows: readonly Element[], change: Change = {}) {
  const rules = change.rules ?? [aRule('.in'), aRule('.row')];
  const asked: { readonly verb: string; readonly body: unknown }[] = [];
  const state = {
    loaded: true,
    left: 0,
    taken: 0,
    failure: change.failure as Failure | undefined,
    included: [] as Response[],
  };
  const call = (async (verb: string, body: unknown) => {
    asked.push({ verb, body });
    if (verb === 'arrive') return ok({ rules: [], authors: [], threshold: 0.5, generic: true });
    return state.failure ? err(state.failure) : ok(null);
  }) as unknown as Call<ContentCalls>;
  const find = (rule: SiteRule): Preview[] =>
    rule.variants.flatMap(({ assistant, row }) =>
      [...document.querySelectorAll(row ?? assistant ?? 'none')].map((element) => ({
        element,
        role: row ? ('unknown' as const) : ('assistant' as const),
        author: nameIn(element),
      })),
    );
  const session = createPickSession(
    {
      detector: {
        propose(examples, not) {
          if (!state.loaded || examples.length === 0) return null;
          const fits = rules.filter((rule) => {
            const found = find(rule).map(({ element }) => element);
            return examples.every((each) => found.includes(each)) && !not.some((each) => found.includes(each));
          });
          const [rule, ...alternatives] = fits;
          return rule ? { rule, alternatives } : null;
        },
        preview: find,
        include: (what) => aResponse('manual', { element: what as Element }),
        authors: () => change.authors ?? [],
      },
      call,
      overlay: document.createElement('div'),
      rootOf: (element) => element.shadowRoot,
      onChange: () => {},
      onIncluded: (response) => void state.included.push(response),
      onTaken: () => {
        state.taken += 1;
      },
      onLeave: () => {
        state.left += 1;
      },
    },
    { example: change.example, ...(change.kept && { kept: change.kept }) },
  );
  const view = <Kind extends PickerView['kind']>(kind: Kind) => {
    const now = session.view();
    if (now.kind !== kind) throw new Error(`The picker is ${now.kind}, not ${kind}`);
    return now as Extract<PickerView, { kind: Kind }>;
  };
  /** What the pointer is on, as the browser would say. */
  const under = (element: Element) => {
    document.elementFromPoint = () => element;
    document.elementsFromPoint = () => [element];
  };
  const press = (...commands: readonly (PickerCommand | PickerCommand['do'])[]) => {
    for (const command of commands)
      session.obey(typeof command === 'string' ? ({ do: command } as PickerCommand) : command);
  };
  const kept = (verb: string) => asked.filter((each) => each.verb === verb).map(({ body }) => body);
  return { rows, session, state, asked, view, under, press, kept };
}
