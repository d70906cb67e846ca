import { type IconNode, Keyboard } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';

export interface NavigationItem {
  readonly href: string;
  readonly name: string;
  readonly icon: IconNode;
  readonly current: boolean;
  /** A number worth seeing, with what it counts in words. */
  readonly note?: { readonly text: string; readonly words: string; readonly tone: 'quiet' | 'bad' } | undefined;
}

interface ShellProps {
  readonly items: readonly NavigationItem[];
  /** The key that shows all keys, and what shows them. */
  readonly help: { readonly keys: string; readonly show: () => void };
  /** One sentence at the foot: what leaves this computer now. */
  readonly state: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The frame of the workbench: where one is, where one can go. */
export function Shell({ items, help, state, children }: ShellProps) {
  return (
    <div class="wb-shell">
      <button type="button" class="wb-skip" onClick={skip}>
        Skip to the content
      </button>
      <header class="wb-side">
        <p class="wb-brand">
          <img src="/icon/mark.svg" alt="" width="20" height="20" />
          Countersign
        </p>
        <nav aria-label="Workbench">
          <ul class="wb-nav">
            {items.map(({ href, name, icon, current, note }) => (
              <li key={href}>
                <a href={href} class="wb-nav-item" aria-current={current ? 'page' : undefined}>
                  <Icon node={icon} />
                  <span class="wb-nav-name">{name}</span>
                  {note && (
                    <span class={`wb-nav-note wb-tone-${note.tone}`}>
                      <span aria-hidden="true">{note.text}</span>
                      <span class="visually-hidden">{note.words}</span>
                    </span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="wb-foot">
          <Button kind="quiet" icon={Keyboard} keys={help.keys} onPress={help.show}>
            Keys
          </Button>
          <div class="wb-state small quiet">{state}</div>
        </div>
      </header>
      <main id="main" class="wb-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** Not a link: the hash belongs to the views. */
function skip() {
  document.getElementById('main')?.focus();
}
