/** All keys of the workbench, by the key for them: loaded when somebody first presses it. */
import { isKey, pressOf } from '../../utils/keyboard.ts';
import type { Settings } from '../../utils/storage/settings-shape.ts';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [data-key-field]');

/** Shows the keys, or hides them. */
export async function toggleKeys(settings: Settings): Promise<void> {
  const [{ toggleKeySheet }, { workbenchKeySections }] = await Promise.all([
    import('../../components/keys/key-sheet.tsx'),
    import('../../components/keys/workbench-keys.ts'),
  ]);
  toggleKeySheet({ sections: workbenchKeySections(settings.keys) });
}

/** Listens for as long as the page is there. */
export function listenForHelp(settings: () => Settings): void {
  addEventListener('keydown', (event) => {
    const { chord, singleKeys, keys } = settings();
    if (!event.isTrusted || event.defaultPrevented || event.isComposing || event.repeat) return;
    const press = pressOf(event, chord);
    if (press !== 'chord' && !(press === 'single' && singleKeys && !isTyping(event.target))) return;
    if (!isKey(event, keys.help)) return;
    event.preventDefault();
    void toggleKeys(settings());
  });
}
