/** Ties the findings on the page to the marks of the answers, and to the editor while it is open. */
import type { Detector, Response } from '../../utils/detection/types.ts';
import type { Call } from '../../utils/messaging/client.ts';
import type { ContentCalls, ToEditor, ToPage } from '../../utils/messaging/contract.ts';
import { type Attached, type Painter, partOf, type Span } from '../../utils/parts.ts';
import type { Book } from './book.ts';

/** What an open editor and its page say to each other; the frame gets `port`. */
export interface Link {
  readonly port: MessagePort;
  /** Resolves when the editor begins to draw. */
  readonly alive: Promise<void>;
  /** Points the editor at a part of the answer. */
  select(range: AbstractRange): Promise<void>;
  end(): void;
}

export interface Findings {
  /** Marks or responses are others than before. */
  refresh(): void;
  /** The part of the snapshot's text that lies in a range of the page; null where none does. */
  locate(response: Response, text: string, range: AbstractRange): Promise<Span | null>;
  /** An editor opens on this snapshot's text. */
  link(response: Response, text: string): Link;
}

interface FindingsParts {
  readonly book: Pick<Book, 'present'>;
  readonly detector: Detector;
  readonly call: Call<ContentCalls>;
  readonly signal: AbortSignal;
}

/** Loads what paints with the first finding, or when the reviewer marks something; pages without either never do. */
export function createFindings({ book, detector, call, signal }: FindingsParts): Findings {
  let painter: Painter | null = null;
  let coming: Promise<Painter | null> | null = null;

  function load(): Promise<Painter | null> {
    coming ??= partOf('findings', () => call('loadPart', { part: 'findings' })).then((part) => {
      if (part && !signal.aborted) painter = part.createPainter({ detector, call, signal });
      else coming = null;
      return painter;
    });
    return coming;
  }

  const marked = () =>
    book
      .present()
      .flatMap(({ response, mark }) =>
        response && mark?.findings
          ? [{ response, reviewedAs: mark.responseKey, revision: `${mark.reviewId}:${mark.revision}` }]
          : [],
      );
  const locate = async (response: Response, text: string, range: AbstractRange) =>
    (await load())?.locate(response, text, range) ?? null;

  return {
    locate,
    refresh() {
      if (painter) painter.mark(marked());
      else if (marked().length > 0) void load().then((it) => it?.mark(marked()));
    },
    link(response, text) {
      const { port1, port2 } = new MessageChannel();
      const { promise: alive, resolve: begin } = Promise.withResolvers<void>();
      let shown: Attached | null = null;
      let over = false;
      const tell = (message: ToEditor) => port1.postMessage(message);
      async function hear(message: ToPage) {
        if (message.say === 'alive') return begin();
        const it = await load();
        if (over || !it) return;
        shown ??= it.attach(response, text, (id) => tell({ say: 'point', id }));
        if (message.say === 'findings') shown.show(message.findings);
        else shown.point(message.id);
      }
      port1.onmessage = ({ data }) => void hear(data as ToPage);
      return {
        port: port2,
        alive,
        async select(range) {
          const span = await locate(response, text, range);
          if (span && !over) tell({ say: 'select', ...span });
        },
        end() {
          over = true;
          port1.close();
          shown?.end();
        },
      };
    },
  };
}
