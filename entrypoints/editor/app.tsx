import { EditorView } from '../../components/editor/editor-view.tsx';
import { modelOf } from '../../components/editor/model.ts';
import type { Room } from './room.ts';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** The editor on the screen: follows the signals of its room. */
export function App({ room, opened }: { readonly room: Room; readonly opened: number }) {
  const model = modelOf(room.editor, { diff: room.diff.diff.value, copied: room.copied.value, isMac });
  return <EditorView model={model} on={room.on} now={opened} />;
}
