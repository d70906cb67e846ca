/** What is known of the text in each composer: who wrote it, and whether it may be sent. */

import type { ComposerPlace } from '../../utils/composer/types.ts';
import { createTyping, type Typing } from '../../utils/composer/typing.ts';
import { type Composer, textOf } from './composers.ts';

/** What the background said of a text. */
export type Weight = 'free' | 'hold';

export interface Draft {
  field: HTMLElement;
  readonly place: ComposerPlace;
  readonly typing: Typing;
  /** What the field held when it was last looked at. */
  text: string;
  /** The text that the last weighing was about, with its outcome; null while it is not known. */
  weighed: { readonly text: string; readonly drafted: boolean; readonly as: Weight } | null;
  /** A person let this very text go. */
  passed: string | null;
  /** ms, as `performance.now()`: when a person last took something away. */
  removedAt: number;
  /** The same, for when the draft was first seen. */
  since: number;
}

export interface Drafts {
  /** The state of a composer; one that was rendered anew goes on where the one before it was. */
  of(composer: Composer): Draft;
  /** Looks at the field. */
  look(draft: Draft): void;
  all(): readonly Draft[];
}

const MOST = 20;

export function createDrafts(): Drafts {
  let drafts: Draft[] = [];
  return {
    of({ field, place }) {
      const known = drafts.find((draft) => draft.field === field);
      if (known) return known;
      const former = drafts.find((draft) => !draft.field.isConnected && draft.place.field === place.field);
      if (former) {
        former.field = field;
        return former;
      }
      const fresh: Draft = {
        ...{ field, place, typing: createTyping(), text: '', weighed: null, passed: null, removedAt: 0 },
        since: performance.now(),
      };
      drafts = [...drafts.slice(-MOST), fresh];
      return fresh;
    },
    look(draft) {
      if (!draft.field.isConnected) return;
      const before = draft.typing.draft;
      draft.text = textOf(draft.field);
      draft.typing.saw(draft.text);
      if (draft.typing.draft !== null && before === null) draft.since = performance.now();
      if (draft.text === '') [draft.passed, draft.weighed] = [null, null];
    },
    all: () => drafts,
  };
}
