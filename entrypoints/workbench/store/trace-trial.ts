/** What the open pages of a site say of traces. */
import type { Browser } from '../../../utils/browser.ts';
import { report } from '../../../utils/errors.ts';
import type { TraceSource } from '../../../utils/page/trace.ts';

/** So many traces are shown. */
const SHOWN = 3;

/**
 * Runs in the extension's own world of a frame, so it must not refer to anything outside itself; the symbol is that of
 * `utils/handover.ts`. Null where no overlay draws.
 */
function tracesHere(source: TraceSource): readonly (string | null)[] | null {
  interface Overlay {
    readonly run: AbortController;
    readonly view: { traces(of: TraceSource): readonly (string | null)[] } | null;
  }
  const overlay = (globalThis as unknown as { [name: symbol]: Overlay | undefined })[Symbol.for('overlay')];
  return overlay?.view && !overlay.run.signal.aborted ? overlay.view.traces(source) : null;
}

/** Tries a source on the open pages of its site; says in one sentence what is found. Never rejects. */
export async function tryTraces(
  { tabs, scripting }: Pick<Browser, 'tabs' | 'scripting'>,
  { origin, ...source }: TraceSource & { readonly origin: string },
): Promise<string> {
  try {
    const open = (await tabs.query({})).filter(({ url }) => url && URL.canParse(url) && new URL(url).origin === origin);
    const target = (tabId: number) => ({ target: { tabId, allFrames: true }, func: tracesHere, args: [source] });
    const asked = open.flatMap(({ id }) =>
      id === undefined ? [] : [scripting.executeScript(target(id)).catch(() => [])],
    );
    const answers = (await Promise.all(asked))
      .flat()
      .flatMap(({ result }) => (Array.isArray(result) ? (result as readonly (string | null)[]) : []));
    if (open.length === 0) return `No page of ${origin} is open. Open one with an answer on it, and try again.`;
    if (answers.length === 0) return `No answer is found on the open pages of ${origin}.`;
    const traces = answers.filter((one) => one !== null);
    if (traces.length === 0) return `None of ${answers.length} answers has a trace here.`;
    const examples = [...new Set(traces)].slice(0, SHOWN).join(', ');
    const has = answers.length === 1 ? 'answer has' : 'answers have';
    return `${traces.length} of ${answers.length} ${has} a trace here: ${examples}`;
  } catch (thrown) {
    report(thrown, 'trying where traces are');
    return 'The open pages could not be asked. Reload this page and try again.';
  }
}
