/** The findings as the editor and the workbench show them, and what the reviewer can do with them. */
import type { Desk, FindingView, Selected, Step } from '../../utils/editing/desk.ts';
import type { Editor } from '../../utils/editing/editor.ts';
import type { FindingChange } from '../../utils/editing/findings.ts';
import type { Label, Rubric } from '../../utils/review/rubric.ts';
import { withEarlier } from '../../utils/review/rubric-use.ts';

export interface FindingsModel {
  /** The answer as it was captured. */
  readonly text: string;
  readonly findings: readonly FindingView[];
  /** Those that can be given, the first nine with digit keys. */
  readonly labels: readonly Label[];
  /** With those of earlier rubrics, for their names. */
  readonly named: readonly Label[];
  readonly selected: Selected | null;
  readonly atHand: string | null;
  /** The finding that keys in the answer are about. */
  readonly current: string | null;
  /** The finding that the pointer is on, here or on the page. */
  readonly lit: string | null;
  readonly isOpen: boolean;
  /** Grows each time that the answer should have the focus. */
  readonly calls: number;
  /** What the last command came to, in words. */
  readonly said: string;
  /** Key that begins; null where single keys are off. */
  readonly key: string | null;
}

/** Events come along where something is made or lost: `isTrusted` decides. */
export interface FindingsActions {
  readonly begin: (event: Event) => void;
  readonly select: (start: number, end: number) => void;
  readonly step: (step: Step) => void;
  readonly take: (label: string | null, event: Event) => void;
  readonly hold: (id: string | null) => void;
  readonly change: (id: string, change: FindingChange, typing?: 'note' | 'replacement' | 'source') => void;
  readonly worsen: (id: string, by: 1 | -1) => void;
  readonly remove: (id: string, event: Event) => void;
  readonly move: (id: string, event: Event) => void;
  readonly accept: (ids: readonly string[], event: Event) => void;
  readonly takeBack: (id: string, event: Event) => void;
  readonly hover: (id: string | null) => void;
}

/** The model of this moment. Reads signals. */
export function findingsModelOf(desk: Desk, editor: Editor): FindingsModel {
  const { rubric, earlierRubrics, settings } = editor.session;
  return {
    text: desk.text,
    findings: desk.findings.value,
    labels: rubric.labels,
    named: withEarlier<Label>((one: Rubric) => one.labels, rubric, earlierRubrics),
    selected: desk.selected.value,
    atHand: desk.atHand.value,
    current: desk.current,
    lit: desk.hovered.value ?? desk.pointed.value,
    isOpen: desk.isOpen.value,
    calls: desk.calls.value,
    said: desk.said.value,
    key: settings.singleKeys ? settings.keys.finding : null,
  };
}

/** The actions on this desk. `isReal`: whether a person caused this event. */
export function findingsActions(desk: Desk, editor: Editor, isReal: (event: Event) => boolean): FindingsActions {
  const real =
    <Args extends readonly unknown[]>(act: (...args: Args) => void) =>
    (...all: [...Args, Event]) => {
      if (isReal(all.at(-1) as Event)) act(...(all.slice(0, -1) as unknown as Args));
    };
  return {
    begin: real(() => desk.begin()),
    select: (start, end) => desk.select(start, end),
    step: (step) => desk.step(step),
    take: real((label: string | null) => void desk.take(label)),
    hold: (id) => desk.hold(id),
    change: (id, change, typing) => editor.changeFinding(id, change, typing ?? null),
    worsen: (id, by) => desk.worsen(id, by),
    remove: real((id: string) => desk.remove(id)),
    move: real((id: string) => desk.move(id)),
    accept: real((ids: readonly string[]) => desk.accept(ids)),
    takeBack: real((id: string) => desk.takeBack(id)),
    hover: (id) => {
      desk.hovered.value = id;
    },
  };
}
