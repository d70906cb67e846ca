/** The comparison as it is shown; loaded when it is first asked for. */
import { compareModelOf } from '../../components/editor/compare-model.ts';
import { CompareView } from '../../components/editor/compare-view.tsx';
import type { EditorActions, EditorModel } from '../../components/editor/view.ts';
import type { Editor } from '../../utils/editing/editor.ts';
import type { CompareRoom } from './compare-room.ts';

export { CompareRoom } from './compare-room.ts';

interface CompareProps {
  readonly compare: CompareRoom;
  readonly editor: Editor;
  readonly on: EditorActions;
  readonly model: EditorModel;
}

/** Follows the signals of its room. Names show once it is saved, or when the reviewer asks for them after ranking. */
export function Compare({ compare, editor, on, model: form }: CompareProps) {
  const { snapshot, settings } = editor.session;
  const { save, saveKeys, problems } = form;
  const model = compareModelOf(compare.comparing.value, {
    ...{ problems, save, saveKeys, prompt: snapshot.prompt, singleKeys: settings.singleKeys },
    compareKey: settings.keys.compare,
    verdict: editor.form.value.verdict,
    named: compare.comparing.value.isDone && (compare.named.value || save.is === 'saved'),
    differences: compare.differences.value,
    diffs: compare.diffs.value,
    pinned: compare.pinned.value,
  });
  return <CompareView model={model} on={compare.on} editor={on} help={form} />;
}
