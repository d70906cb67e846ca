/** Everything that is drawn on one document, and what the background is asked meanwhile. */
import type { DetectionChange } from '../../utils/detection/types.ts';
import type { OverlayParts, OverlayView } from '../../utils/handover.ts';
import { createBook } from './book.ts';
import { createCommands } from './commands.ts';
import { createEditorPanel } from './editor-panel.ts';
import { createFollow } from './follow.ts';
import { createSaver } from './save.ts';
import { watchSight } from './sight.ts';
import { createStage } from './stage.tsx';
import { createSurface, removeLeftovers } from './surface.ts';

/** Most responses that are asked about in one call; the background takes 500. */
const KEYS_PER_CALL = 200;

/** Draws until the run is aborted. */
export function createView({ detector, call, first, extension, run }: OverlayParts): OverlayView {
  const { signal } = run;
  const { isAlive, rootOf } = extension;
  const book = createBook();
  let state = first.page;
  let asking = false;
  const page = () => state;

  /** Asks for the reviews of responses that were not asked about yet; `force` for settings that may have changed. */
  async function ask(force = false) {
    if (asking || signal.aborted) return;
    const responseKeys = book.unasked(KEYS_PER_CALL);
    if (responseKeys.length === 0 && !force) return;
    asking = true;
    const askedAt = Date.now();
    const answer = await call('openPage', { responseKeys });
    asking = false;
    if (answer.ok ? !answer.value.on : !isAlive()) return run.abort();
    if (!answer.ok) return book.forgetAsked(responseKeys);
    state = answer.value;
    book.setMarks(responseKeys, state.marks, askedAt);
    refresh(false);
    void ask();
  }

  removeLeftovers(rootOf);
  const surface = createSurface({
    isAlive,
    signal,
    onLost: () => run.abort(),
    onRestored() {
      sight.appeared();
      commands.reopenEditor();
    },
  });
  const slot = document.createElement('div');
  const sight = watchSight(slot, signal);
  const panel = createEditorPanel(surface, extension, signal);
  const follow = createFollow({
    ...{ detector, signal, host: surface.host },
    onChange: () => stage.draw(),
    onScroll: () => stage.follow(),
  });
  const stage = createStage({
    ...{ surface, slot, sight, book, follow, panel, page, signal, isAlive },
    onGone: () => run.abort(),
    onTouch: (command, event) => commands.onTouch(command, event),
    onPress: (command, event) => commands.onPress(command, event),
    onMark: (entry, event) => commands.onMark(entry, event),
  });
  const saver = createSaver({
    call,
    onChange: () => stage.say(null),
    onSlow: () => stage.say('Saving…'),
    onStale() {
      book.forgetAsked();
      void ask();
    },
  });
  const commands = createCommands({ surface, sight, stage, detector, call, follow, panel, saver, page, rootOf });

  addEventListener('keydown', commands.onKeyDown, { capture: true, signal });
  addEventListener('keyup', commands.onKeyUp, { capture: true, signal });
  addEventListener('resize', panel.arrange, { signal });

  function refresh(arrived: boolean) {
    for (const { response, mark } of book.present()) if (mark && response) follow.watch(response.element);
    follow.refresh(arrived);
    stage.place();
  }

  function apply(change: DetectionChange) {
    book.apply(change);
    const newest = detector.responses().at(-1);
    refresh(!stage.isBusy() && change.added.some(({ key }) => key === newest?.key));
  }

  const { conversationKey = null } = detector.responses().at(-1) ?? {};
  apply({ rekeyed: [], added: detector.responses(), changed: [], removed: [], conversationKey });
  book.markAsked(first.responseKeys);
  book.setMarks(first.responseKeys, state.marks, first.askedAt);
  refresh(true);
  void ask();

  return {
    onChange(change) {
      apply(change);
      void ask();
    },
    onPush(push) {
      if (push.push === 'pageChanged') {
        book.forgetAsked();
        void ask(true);
      } else if (push.push === 'resizeEditor') panel.resize(push.height);
      else if (push.push === 'closeEditor') {
        panel.close();
        stage.place();
      } else if (push.push === 'reviewSaved') {
        const entry = book.get(push.saved.mark.responseKey);
        if (entry) saver.learn(entry, push.saved);
      }
    },
  };
}
