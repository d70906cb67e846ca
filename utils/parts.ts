/**
 * Parts of what draws that few pages need, each a script of its own that the background loads once somebody wants it. They
 * meet in the extension's isolated world, whose globals the page can neither see nor fake.
 */
import type { Detector, Response } from './detection/types.ts';
import type { Extension } from './handover.ts';
import type { Call } from './messaging/client.ts';
import type { ContentCalls, ShownFinding } from './messaging/contract.ts';

/** Takes back what was kept; answers why it could not. */
export type Undo = () => Promise<{ readonly message: string; readonly next: string } | null>;

/** What pointing begins with: nothing, an example, or a word on something that is done already, with what takes it back. */
export interface Beginning {
  readonly example?: Element | undefined;
  readonly kept?: { readonly words: string; readonly undo: Undo | null };
}

export interface PickerParts {
  readonly detector: Detector;
  readonly call: Call<ContentCalls>;
  /** Where the frame of the picker is put. */
  readonly surface: { readonly host: Element; readonly root: ShadowRoot; readonly layer: HTMLElement };
  readonly extension: Extension;
  readonly signal: AbortSignal;
  readonly schemeAt: (element: Element) => 'light' | 'dark';
  /** Whether the rest of the overlay stays away, because the picker has the page. */
  readonly onBusy: (busy: boolean) => void;
  readonly onIncluded: (response: Response) => void;
}

/** Lets the reviewer point at an answer. */
export interface Picker {
  readonly isOpen: boolean;
  /** Lets the reviewer point, here and in frames of these origins; or begins further on. */
  start(origins: readonly string[], beginning?: Beginning): void;
  /** The reviewer pointed at something in one of the tab's documents; in all others the picker goes. */
  giveWay(): void;
  /** Goes without a trace. */
  stop(): void;
}

/** A span of an answer's text in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface PainterParts {
  readonly detector: Detector;
  readonly call: Call<ContentCalls>;
  readonly signal: AbortSignal;
}

/** A response that has findings, by the revision that holds them. */
export interface Marked {
  readonly response: Response;
  /** The key under which it was reviewed; an answer that the page changed may have another one by now. */
  readonly reviewedAs: string;
  readonly revision: string;
}

/** Paints findings on the answers of the page, and knows which part of a text is where on it. */
export interface Painter {
  /** The responses on the page that have findings now; those that were marked before and are not any more are cleared. */
  mark(marked: readonly Marked[]): void;
  /** The part of the snapshot's text that lies in a range of the page; null where none does. */
  locate(response: Response, text: string, range: AbstractRange): Span | null;
  /** The editor is open: its findings take the place of the stored ones until it closes. `text` is the snapshot's. */
  attach(response: Response, text: string, onPoint: (id: string | null) => void): Attached;
}

/** What is painted for an open editor. */
export interface Attached {
  show(findings: readonly ShownFinding[]): void;
  /** The reviewer is at this finding in the editor. */
  point(id: string | null): void;
  end(): void;
}

/** What each script brings. */
export interface Parts {
  readonly pointing: { readonly createPicker: (parts: PickerParts) => Picker };
  readonly findings: { readonly createPainter: (parts: PainterParts) => Painter };
}
export type PartName = keyof Parts;

/** How long a script is waited for, in ms. */
const PATIENCE_MS = 5_000;

const KEY = Symbol.for('parts');
interface Shelf {
  readonly parts: Partial<Parts>;
  readonly waiting: Map<PartName, () => void>;
}

function shelfOf(world: object): Shelf {
  const slot = world as { [KEY]?: Shelf };
  slot[KEY] ??= { parts: {}, waiting: new Map() };
  return slot[KEY];
}

/** Brings a part; what waits for it goes on. */
export function offerPart<Name extends PartName>(name: Name, part: Parts[Name], world: object = globalThis): void {
  const { parts, waiting } = shelfOf(world);
  Object.assign(parts, { [name]: part });
  waiting.get(name)?.();
}

/** The part of that name if it is there. */
const partHere = <Name extends PartName>(name: Name, world: object = globalThis): Parts[Name] | null =>
  (shelfOf(world).parts[name] as Parts[Name] | undefined) ?? null;

/** Has a part loaded by `load` where it is not there; null where it does not come in time. */
export async function partOf<Name extends PartName>(
  name: Name,
  load: () => Promise<unknown>,
  world: object = globalThis,
): Promise<Parts[Name] | null> {
  const { waiting } = shelfOf(world);
  if (!partHere(name, world)) {
    await new Promise<void>((resolve) => {
      const before = waiting.get(name);
      waiting.set(name, () => {
        before?.();
        resolve();
      });
      setTimeout(resolve, PATIENCE_MS);
      if (!before) load().catch(() => resolve());
    });
    waiting.delete(name);
  }
  return partHere(name, world);
}
