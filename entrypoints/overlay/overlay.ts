/**
 * One run of the overlay on one document: detection tells what is there, the background what it may do, and only then
 * something is drawn. A page without responses costs no message and no element.
 */
import type { Detector } from '../../utils/detection/types.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { ContentCalls, PageState, Push } from '../../utils/messaging/contract.ts';
import { createBook } from './book.ts';
import { createCommands } from './commands.ts';
import { createEditorPanel } from './editor-panel.ts';
import { createFollow } from './follow.ts';
import { isAlive, removeLeftovers } from './instance.ts';
import { createSaver } from './save.ts';
import { watchSight } from './sight.ts';
import { createStage } from './stage.tsx';
import { createSurface, LAYER } from './surface.ts';

/** Most responses that are asked about in one call. */
const KEYS_PER_CALL = 200;
/** First pause before an unanswered question is asked again, in ms; each further one is four times as long. */
const ASK_AGAIN_MS = 1_000;
const MOST_TRIES = 4;

export interface OverlayParts {
  readonly detector: Detector;
  readonly call: Call<ContentCalls>;
  /** Hands over what the background says, until the signal aborts. */
  readonly listen: (onPush: (push: Push) => void, signal: AbortSignal) => void;
  /** Ends the run, from here or from outside. */
  readonly run: AbortController;
}

/** Runs until `run` is aborted. */
export function runOverlay({ detector, call, listen, run }: OverlayParts): void {
  const { signal } = run;
  const book = createBook();
  let page: PageState | null = null;
  let mounted: ReturnType<typeof mount> | null = null;
  let asking = false;
  let tries = 0;

  async function ask(force = false) {
    if (asking || signal.aborted) return;
    const responseKeys = book.unasked(KEYS_PER_CALL);
    if (page && responseKeys.length === 0 && !force) return;
    asking = true;
    const askedAt = Date.now();
    const answer = await call('openPage', { responseKeys });
    asking = false;
    if (signal.aborted) return;
    if (!answer.ok) {
      for (const key of responseKeys) Object.assign(book.get(key) ?? {}, { asked: false });
      if (!isAlive() || answer.error.code === 'off') run.abort();
      else if (++tries < MOST_TRIES) setTimeout(ask, ASK_AGAIN_MS * 4 ** (tries - 1), force);
      return;
    }
    tries = 0;
    page = answer.value;
    if (!page.on) return run.abort();
    book.setMarks(responseKeys, page.marks, askedAt);
    if (!mounted && book.present().length > 0) mounted = mount();
    mounted?.refresh(false);
    void ask();
  }

  function mount() {
    removeLeftovers(LAYER);
    const shown = () => page as PageState;
    const lost = () => run.abort();
    const surface = createSurface(signal, { onLost: lost, onRestored: () => commands.reopenEditor() });
    const slot = document.createElement('div');
    const sight = watchSight(slot, signal);
    const panel = createEditorPanel(surface.layer, signal);
    const follow = createFollow({
      detector,
      host: surface.host,
      signal,
      onChange: () => stage.draw(),
      onScroll: () => stage.follow(),
    });
    const stage = createStage({
      ...{ surface, slot, sight, book, follow, panel, signal, page: shown },
      onTouch: (command, event) => commands.onTouch(command, event),
      onPress: (command, event) => commands.onPress(command, event),
      onMark: (entry, event) => commands.onMark(entry, event),
    });
    const saver = createSaver({
      call,
      onChange: () => stage.draw(),
      onStale: () => {
        book.forgetAsked();
        void ask();
      },
    });
    const commands = createCommands({ surface, sight, stage, detector, call, follow, panel, saver, page: shown });
    const capture = { capture: true, signal };
    addEventListener('keydown', commands.onKeyDown, capture);
    addEventListener('keyup', commands.onKeyUp, capture);
    addEventListener('resize', panel.arrange, { signal });
    return {
      panel,
      saver,
      refresh(arrived: boolean) {
        for (const { response, mark } of book.present()) if (mark && response) follow.watch(response.element);
        follow.refresh(arrived);
        stage.place();
      },
      isBusy() {
        const entry = stage.active();
        return entry !== null && (entry.choosingReason || entry.saving || entry.setback !== null);
      },
    };
  }

  function onPush(push: Push) {
    if (push.push === 'stop') return run.abort();
    if (push.push === 'pageChanged') {
      book.forgetAsked();
      void ask(true);
    } else if (push.push === 'resizeEditor') mounted?.panel.resize(push.height);
    else if (push.push === 'closeEditor') {
      mounted?.panel.close();
      mounted?.refresh(false);
    } else {
      const entry = book.get(push.saved.mark.responseKey);
      if (entry) mounted?.saver.learn(entry, push.saved);
    }
  }

  listen(onPush, signal);
  detector.start(signal, (change) => {
    book.apply(change);
    const newest = detector.responses().at(-1);
    mounted?.refresh(!mounted.isBusy() && change.added.some(({ key }) => key === newest?.key));
    void ask();
  });
}
