/**
 * What the picker can show and what can be asked of it. The picker runs in two halves: the script in the page knows the
 * page's elements, the extension-origin frame above the page draws and hears pointer and keys, so that the page can
 * neither read nor swallow them. These are the messages between the two; both are JSON.
 */

/** A place in the viewport, in CSS px. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export type PickerView =
  /** The reviewer points: `place` is what a click would take, `text` how it begins. `more` where a first example was taken. */
  | {
      readonly kind: 'pointing';
      readonly more: boolean;
      readonly place: Place | null;
      readonly text: string;
    }
  /** A rule is proposed. */
  | {
      readonly kind: 'choosing';
      /** The examples, or the one match that was jumped to: the panel opens beside it. */
      readonly anchor: Place | null;
      /** What else the rule matches, as far as it is in view. */
      readonly matches: readonly Place[];
      /** How many messages the rule matches; 0 where no rule could be made, so that only this one can be reviewed. */
      readonly count: number;
      /** Rules are still looked for. */
      readonly looking: boolean;
      /** Which of them stands out, from 1; null before any was jumped to. */
      readonly at: number | null;
      readonly narrower: boolean;
      readonly wider: boolean;
      /** How many elements were said to be no answers. */
      readonly not: number;
      /** Whose message the example is, and how many messages the page shows of them; null where it names nobody. */
      readonly author: { readonly name: string; readonly count: number } | null;
      /** Something was asked that cannot be done, in words. */
      readonly note: string | null;
      readonly busy: boolean;
    }
  /** The rule is kept. */
  | { readonly kind: 'kept'; readonly words: string; readonly undo: boolean; readonly byPointer: boolean };

/** What the frame gets from the script in the page. */
export interface PickerState {
  readonly view: PickerView;
  readonly theme: 'light' | 'dark';
}

/** What a press, a key or the pointer asks for. */
export type PickerCommand =
  | { readonly do: 'point'; readonly x: number; readonly y: number }
  /** The pointer left for somewhere else. */
  | { readonly do: 'away' }
  | { readonly do: 'scroll'; readonly x: number; readonly y: number; readonly dx: number; readonly dy: number }
  /** Takes what is outlined; with a point, what is there. */
  | { readonly do: 'take'; readonly x?: number; readonly y?: number }
  | { readonly do: 'climb' | 'descend' }
  /** To the element beside the outlined one. */
  | { readonly do: 'beside'; readonly step: 1 | -1 }
  /** To the next or previous thing on the page that may be a message. */
  | { readonly do: 'candidate'; readonly step: 1 | -1 }
  | { readonly do: 'jump'; readonly step: 1 | -1 }
  | { readonly do: 'narrower' | 'wider' | 'another' | 'not' }
  /** After a press by pointer the keyboard goes back to the page. */
  | { readonly do: 'keep' | 'author'; readonly byPointer?: boolean }
  | { readonly do: 'only' | 'undo' | 'leave' };
