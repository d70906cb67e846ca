import { Plus } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
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

/** A list whose items can be added, changed, moved and removed; one is open at a time. */
export function ItemList<T extends Identified>(props: ItemListProps<T>) {
  const { items, label, nameOf, wordsOf, most, add, onAdd, onChange, form } = props;
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      {items.length > 0 && (
        <ul class="ru-items" aria-label={label}>
          {items.map((item, index) => (
            <ItemCard
              key={item.id}
              id={`ru-${item.id}`}
              name={nameOf(item)}
              words={wordsOf(item)}
              open={open === item.id}
              first={index === 0}
              last={index === items.length - 1}
              onOpen={(is) => setOpen(is ? item.id : null)}
              onMove={(by) => onChange(movedBy(items, index, by))}
              onRemove={() => onChange(withoutAt(items, index))}
            >
              {form(item, (part) => onChange(replacedAt(items, index, { ...item, ...part })))}
            </ItemCard>
          ))}
        </ul>
      )}
      <div>
        <Button
          icon={Plus}
          disabled={items.length >= most}
          onPress={() => {
            const item = onAdd();
            onChange([...items, item]);
            setOpen(item.id);
            // Its name is what comes first, once it is there.
            requestAnimationFrame(() => document.getElementById(`ru-${item.id}`)?.querySelector('input')?.select());
          }}
        >
          {add}
        </Button>
      </div>
    </>
  );
}
