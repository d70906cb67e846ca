import './key-rows.css';
import { keyName } from '../controls/kbd.tsx';

/** Keys, as `KeyboardEvent.key` or `Ctrl+Enter`, or `–` between the first and the last of several; and what they do. */
export type KeyRow = readonly [keys: readonly string[], does: string];

export interface KeySection {
  readonly title: string;
  readonly rows: readonly KeyRow[];
}

/** Keys of one place. They are read out too: here nothing else says them. */
export function KeyRows({ title, rows }: KeySection) {
  return (
    <section class="keys">
      <h3>{title}</h3>
      <dl>
        {rows.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key) =>
                key === '–' ? (
                  <span key={key}>–</span>
                ) : (
                  <kbd key={key} class="cs-kbd">
                    {keyName(key)}
                  </kbd>
                ),
              )}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
