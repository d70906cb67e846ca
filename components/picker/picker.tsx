/** The picker above the page: outlines, and a small panel. It only says what was pressed. */
import { ChevronLeft, ChevronRight } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Kbd } from '../controls/kbd.tsx';
import { type PanelPlace, panelStyle, placePanel } from './place.ts';
import type { PickerCommand, PickerView, Place } from './view.ts';

export interface PickerProps {
  readonly view: PickerView;
  readonly onCommand: (command: PickerCommand) => void;
}

type Of<Kind extends PickerView['kind']> = { readonly view: Extract<PickerView, { kind: Kind }> } & Pick<
  PickerProps,
  'onCommand'
>;

const box = ({ left, top, width, height }: Place) => ({
  left: `${left - 4}px`,
  top: `${top - 4}px`,
  width: `${width + 8}px`,
  height: `${height + 8}px`,
});

function Pointing({ view }: Of<'pointing'>) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.focus(), []);
  const what = view.more ? 'Point at another AI answer' : 'Point at an AI answer';
  return (
    // Keys mean something of their own here, and a screen reader must let them through.
    <div class="pick-all" role="application" aria-label={what} tabIndex={-1} ref={root}>
      {view.place && <div class="pick-outline pick-strong" style={box(view.place)} />}
      <div class="pick-hint">
        <strong>{what} and click it</strong>
        <span class="quiet">
          <Kbd keys="Tab" /> next <Kbd keys="ArrowUp" /> <Kbd keys="ArrowDown" /> larger, smaller <Kbd keys="Enter" />{' '}
          take <Kbd keys="Escape" /> {view.more ? 'back' : 'leave'}
        </span>
      </div>
      <p class="visually-hidden" role="status">
        {view.text ? `Outlined: ${view.text}` : `${what}.`}
      </p>
    </div>
  );
}

const messages = (count: number) => (count === 1 ? '1 message' : `${count} messages`);

function says({ count, at, looking }: Of<'choosing'>['view']): string {
  if (looking) return 'Looking for more like it…';
  if (count === 0) return 'No rule fits this message.';
  if (count === 1) return 'Finds this message and no other.';
  return at === null ? `Finds ${messages(count)} on this page.` : `Message ${at} of ${count}.`;
}

function Choosing({ view, onCommand }: Of<'choosing'>) {
  const panel = useRef<HTMLDivElement>(null);
  const press =
    (what: 'keep' | 'author' | 'only' | 'another' | 'not' | 'narrower' | 'wider' | 'leave') => (event: MouseEvent) => {
      if (event.isTrusted) onCommand({ do: what, byPointer: event.detail > 0 } as PickerCommand);
    };
  const jump = (step: 1 | -1) => (event: MouseEvent) => {
    if (event.isTrusted) onCommand({ do: 'jump', step });
  };
  const place = useRef<PanelPlace | null>(null);
  place.current = placePanel(view.anchor, place.current);
  const { author, count } = view;
  const offers = view.looking ? 'nothing yet' : count > 0 ? 'a rule' : 'this one';
  useEffect(() => {
    if (offers !== 'nothing yet') panel.current?.querySelector<HTMLElement>('.cs-button-primary:enabled')?.focus();
  }, [offers]);
  const only = (
    <Button kind={offers === 'this one' ? 'primary' : 'plain'} keys="o" disabled={view.busy} onPress={press('only')}>
      Only this one
    </Button>
  );
  return (
    <div class="pick-all">
      {view.matches.map((place) => (
        <div key={`${place.left} ${place.top}`} class="pick-outline" style={box(place)} />
      ))}
      {view.anchor && <div class="pick-outline pick-strong" style={box(view.anchor)} />}
      <div
        class="pick-panel"
        role="dialog"
        aria-label="AI answers on this page"
        ref={panel}
        style={panelStyle(place.current)}
      >
        <div class="pick-head">
          <p role="status">{says(view)}</p>
          {count > 1 && (
            <span class="pick-jump">
              <Button kind="quiet" icon={ChevronLeft} label="Previous match" onPress={jump(-1)} />
              <Button kind="quiet" icon={ChevronRight} label="Next match" onPress={jump(1)} />
            </span>
          )}
        </div>
        {count > 0 && (
          <div class="pick-row">
            <Button keys="ArrowDown" disabled={!view.narrower} onPress={press('narrower')}>
              Fewer
            </Button>
            <Button keys="ArrowUp" disabled={!view.wider} onPress={press('wider')}>
              More
            </Button>
            <Button keys="n" disabled={count < 2} onPress={press('not')}>
              This one is not
            </Button>
          </div>
        )}
        <div class="pick-row">
          <Button kind="quiet" keys="e" onPress={press('another')}>
            Add a second example
          </Button>
        </div>
        {view.note && (
          <p class="pick-note" role="alert">
            {view.note}
          </p>
        )}
        <div class="pick-foot">
          {author && (
            <div class="pick-row">
              <Button keys="a" disabled={view.busy} onPress={press('author')}>
                All messages by <bdi class="pick-name">{author.name}</bdi> ({author.count})
              </Button>
            </div>
          )}
          <div class="pick-row">
            {count > 0 && (
              <Button kind="primary" disabled={view.busy} onPress={press('keep')}>
                Keep for this site
              </Button>
            )}
            {only}
            <Button kind="quiet" onPress={press('leave')}>
              Cancel
            </Button>
          </div>
        </div>
      </div>
    </div>
  );
}

function Notice({ view, onCommand }: Of<'kept'>) {
  return (
    <div class="pick-notice">
      <p role="status">{view.words}</p>
      {view.undo && <Button onPress={(event) => event.isTrusted && onCommand({ do: 'undo' })}>Undo</Button>}
      <Button kind="quiet" keys="Escape" onPress={(event) => event.isTrusted && onCommand({ do: 'leave' })}>
        Done
      </Button>
    </div>
  );
}

export function Picker({ view, onCommand }: PickerProps) {
  if (view.kind === 'pointing') return <Pointing view={view} onCommand={onCommand} />;
  if (view.kind === 'choosing') return <Choosing view={view} onCommand={onCommand} />;
  return <Notice view={view} onCommand={onCommand} />;
}
