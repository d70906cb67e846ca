/** The keys of a page of the extension: loaded and drawn when somebody first asks for them. */
import './key-sheet.css';
import { render } from 'preact';
import { KeyRows, type KeySection } from './key-rows.tsx';

/** What is shown, as the reviewer has set it by now. */
export interface KeySheetProps {
  readonly sections: readonly KeySection[];
}

function KeySheet({ sections }: KeySheetProps) {
  return (
    <>
      <h2>Keys</h2>
      <p class="quiet small">The keys that judge can be changed in the settings.</p>
      {sections.map((section) => (
        <KeyRows key={section.title} {...section} />
      ))}
    </>
  );
}

let sheet: HTMLElement | null = null;

function sheetIn(page: Document): HTMLElement {
  const made = page.createElement('div');
  made.className = 'key-sheet';
  made.popover = 'auto';
  made.role = 'dialog';
  made.ariaLabel = 'Keys';
  // It scrolls, so the keyboard must reach it; and it takes the focus, which goes back where it came from.
  made.tabIndex = 0;
  made.autofocus = true;
  page.body.append(made);
  return made;
}

/** Shows all keys, or hides them where they are shown. */
export function toggleKeySheet(props: KeySheetProps, page: Document = document): void {
  sheet = sheet?.isConnected ? sheet : sheetIn(page);
  render(<KeySheet {...props} />, sheet);
  sheet.togglePopover();
}
