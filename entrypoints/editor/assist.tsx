/** The second opinion as it is shown; loaded where a model is set. */
import { AssistanceField } from '../../components/assistance/assistance-field.tsx';
import type { AssistanceActions } from '../../components/assistance/view.ts';
import type { Editor } from '../../utils/editing/editor.ts';
import { isKey, pressOf } from '../../utils/keyboard.ts';
import { Asking, type AskingParts } from './asking.ts';
import { isTyping } from './keys.ts';

/** Asks the model, unless the key means something else to this reviewer. */
const ASK_KEY = 'q';

export interface AssistParts extends AskingParts {
  readonly isReal: (event: Event) => boolean;
}

/** Asking, with its key and what its buttons do. */
export class Assist {
  readonly asking: Asking;
  readonly editor: Editor;
  /** Null where single keys are off, or it is taken. */
  readonly key: string | null;
  readonly on: AssistanceActions;

  constructor({ isReal, ...parts }: AssistParts) {
    const asking = new Asking(parts);
    const { singleKeys, keys } = parts.editor.session.settings;
    const real = (act: (id: string) => void) => (id: string, event: Event) => {
      if (isReal(event)) act(id);
    };
    this.asking = asking;
    this.editor = parts.editor;
    this.key = singleKeys && !Object.values(keys).includes(ASK_KEY) ? ASK_KEY : null;
    this.on = {
      ask: (event) => isReal(event) && void asking.ask(),
      cancel: (event) => isReal(event) && asking.cancel(),
      look: () => void asking.look(),
      take: real((id) => void asking.take(id)),
      edit: real((id) => asking.edit(id)),
      dismiss: real((id) => asking.dismiss(id)),
    };
  }

  /** Whether the press was to ask. The room has looked whether a person pressed it. */
  onKey(event: KeyboardEvent): boolean {
    if (this.key === null || event.isComposing || event.repeat || isTyping(event.target)) return false;
    if (pressOf(event, this.editor.session.settings.chord) !== 'single' || !isKey(event, this.key)) return false;
    if (!this.asking.allowed.peek()) return false;
    void this.asking.ask();
    return true;
  }
}

/** Follows the signals of its room. */
export function AssistView({ assist }: { readonly assist: Assist }) {
  const { asking, editor, key, on } = assist;
  const model = {
    ...{ offer: asking.offer, allowed: asking.allowed.value, state: asking.state.value, cards: asking.cards.value },
    ...{ plain: asking.plain.value, sent: asking.sent.value, labels: editor.session.rubric.labels, key },
    ...{ answer: editor.answer, corrected: editor.judgement.value.correction !== null },
  };
  return <AssistanceField model={model} on={on} />;
}
