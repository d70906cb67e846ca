/** Chooses a file, as the browser's own dialog would. */
import type { Ui } from './browser/ui.ts';

/** Puts a JSON file with this content into the page's file field. */
export const chooseFile = (ui: Ui, name: string, content: object) =>
  ui.evaluate(
    (root, file, text) => {
      const input = root.querySelector('input[type="file"]') as HTMLInputElement;
      const chosen = new DataTransfer();
      chosen.items.add(new File([text], file, { type: 'application/json' }));
      input.files = chosen.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    name,
    JSON.stringify(content),
  );
