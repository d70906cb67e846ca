import { Plus } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { type Identified, movedBy, replacedAt, withoutAt } from './list-edit.ts';
import { ItemCard } from './parts.tsx';

interface ItemListProps<T extends Identified> {
  readonly items: readonly T[];
  /** What a screen reader calls the list. */
  readonly label: string;
  readonly nameOf: (item: T) => string;
  readonly wordsOf: (item: T) => string;
  readonly most: number;
  /** What the button that adds one says, and what it adds. */
  readonly add: string;
  readonly onAdd: () => T;
  readonly onChange: (items: T[]) => void;
  readonly form: (item: T, change: (part: Partial<T>) => void) => ComponentChildren;
}

const idOf = (item: Identified) => `ru-${item.id}`;
/** Does it once what changed is drawn. */
const whenDrawn = (item: Identified, act: (card: Element) => void) =>
  requestAnimationFrame(() => {
    const card = document.getElementById(idOf(item))?.closest('.ru-item');
    if (card) act(card);
  });

/** The browser forgets the focus with what is moved, switched off or taken out: the keyboard goes on from here. */
const focusItem = (item: Identified) =>
  whenDrawn(item, (card) => card.querySelector<HTMLElement>('.ru-item-name')?.focus());
const focusMove = (item: Identified, by: -1 | 1) =>
  whenDrawn(item, (card) => {
    const [up, down] = card.querySelectorAll<HTMLButtonElement>('.ru-item-move > button');
    const [same, other] = by < 0 ? [up, down] : [down, up];
    (same?.disabled ? other : same)?.focus();
  });

/** A list whose items can be added, changed, moved and removed; one is open at a time. */
export function ItemList<T extends Identified>(props: ItemListProps<T>) {
  const { items, label, nameOf, wordsOf, most, add, onAdd, onChange, form } = props;
  const [open, setOpen] = useState<string | null>(null);
  const adding = useRef<HTMLButtonElement>(null);
  const move = (index: number, by: -1 | 1) => {
    onChange(movedBy(items, index, by));
    focusMove(items[index] as T, by);
  };
  const remove = (index: number) => {
    const next = items[index + 1] ?? items[index - 1];
    if (next) focusItem(next);
    else adding.current?.focus();
    onChange(withoutAt(items, index));
  };
  return (
    <>
      {items.length > 0 && (
        <ul class="ru-items" aria-label={label}>
          {items.map((item, index) => (
            <ItemCard
              key={item.id}
              id={idOf(item)}
              name={nameOf(item)}
              words={wordsOf(item)}
              open={open === item.id}
              first={index === 0}
              last={index === items.length - 1}
              onOpen={(is) => setOpen(is ? item.id : null)}
              onMove={(by) => move(index, by)}
              onRemove={() => remove(index)}
            >
              {form(item, (part) => onChange(replacedAt(items, index, { ...item, ...part })))}
            </ItemCard>
          ))}
        </ul>
      )}
      <div>
        <Button
          icon={Plus}
          elementRef={adding}
          disabled={items.length >= most}
          onPress={() => {
            const item = onAdd();
            onChange([...items, item]);
            setOpen(item.id);
            // Its name is what comes first, once it is there.
            whenDrawn(item, (card) => card.querySelector('input')?.select());
          }}
        >
          {add}
        </Button>
      </div>
    </>
  );
}
