import { useLayoutEffect, useRef } from 'preact/hooks';
import { EditorView } from '../../components/editor/editor-view.tsx';
import { modelOf } from '../../components/editor/model.ts';
import type { Room } from './room.ts';

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** The editor on the screen: follows the signals of its room. */
export function App({ room, opened }: { readonly room: Room; readonly opened: number }) {
  const { editor, on, copied } = room;
  const compare = room.compare.value;
  const before = useRef(compare);
  useLayoutEffect(() => {
    if (before.current !== compare) room.switched();
    before.current = compare;
  }, [compare, room]);
  const model = modelOf(editor, {
    desk: room.desk,
    diff: room.diff.diff.value,
    copied: copied.value,
    used: room.used.value,
    isMac,
  });
  const blocks = room.snippets.value;
  const menu = blocks?.store.menu.value;
  const assist = room.assist.value;
  const corrected = room.before.value;
  const team = room.overseen.value;
  if (!compare) {
    return (
      <>
        <EditorView
          model={model}
          on={on}
          now={opened}
          before={
            <>
              {team && <team.View overseen={team.store} />}
              {corrected && <corrected.View recurring={corrected.store} />}
            </>
          }
          after={team && <team.Case overseen={team.store} />}
        >
          {assist && <assist.View assist={assist.store} />}
        </EditorView>
        {menu && <blocks.View {...menu} onPick={(block) => blocks.store.pick(block)} onClose={blocks.store.leave} />}
      </>
    );
  }
  const { View } = compare;
  return <View compare={compare.room} editor={editor} on={on} model={model} />;
}
