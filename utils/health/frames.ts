/** Asks every frame of a tab how detection fares there, as the popup, the workbench and `npm run inspect` do. */
import type { Survey } from '../detection/types.ts';

/** What one frame answered. */
export interface FrameSurvey {
  /** 0 for the page itself. */
  readonly frameId: number;
  readonly survey: Survey;
}

/** As much of `scripting` as is needed here. */
export interface Scripting {
  executeScript(injection: {
    target: { tabId: number; allFrames: true };
    func: (...args: never[]) => unknown;
    args: unknown[];
  }): Promise<{ frameId?: number; result?: unknown }[]>;
}

/** Messages of one frame that are taken at most, and of each the characters. */
const MESSAGES = 5000;
const CHARS = 20_000;
/** How long a tab may take, in ms; a page that hangs answers never. */
const PATIENCE_MS = 3000;

/**
 * Runs in the extension's own world of a frame, so it must not refer to anything outside itself. The key is that of
 * `utils/handover.ts`. Answers null where no overlay is at work. Texts stay on the page unless they are asked for.
 */
export function readSurvey(withTexts: boolean, messages: number, chars: number): Survey | null {
  const world = globalThis as unknown as { [key: symbol]: { survey?: (() => Survey) | null } | undefined };
  try {
    const survey = world[Symbol.for('overlay')]?.survey?.();
    if (!survey) return null;
    const cut = (text: string) => (withTexts ? text.slice(0, chars) : '');
    const kept = survey.messages.slice(0, messages);
    return { ...survey, messages: kept.map((one) => ({ ...one, text: cut(one.text), markdown: cut(one.markdown) })) };
  } catch {
    return null;
  }
}

/** The frames in which an overlay is at work, the page itself first; empty where there is none, or nobody may look. */
export async function readFrames(
  scripting: Scripting,
  tabId: number,
  { withTexts = false, chars = CHARS, patienceMs = PATIENCE_MS } = {},
): Promise<readonly FrameSurvey[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<[]>((resolve) => {
    timer = setTimeout(() => resolve([]), patienceMs);
  });
  const asked = scripting
    .executeScript({ target: { tabId, allFrames: true }, func: readSurvey, args: [withTexts, MESSAGES, chars] })
    .catch(() => []);
  const results = await Promise.race([asked, late]);
  clearTimeout(timer);
  return results
    .flatMap(({ frameId = 0, result }) => (result ? [{ frameId, survey: result as Survey }] : []))
    .sort((one, other) => one.frameId - other.frameId);
}
