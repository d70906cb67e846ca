/** A content script as many are written: React, Dexie and zod in one file, ready for a page that has nothing for it. */
import Dexie from 'dexie';
import { createElement } from 'react';
// @ts-expect-error: the package comes without types.
import { createRoot } from 'react-dom/client';
import { z } from 'zod/v4';

const message = z.object({ id: z.string(), text: z.string().min(1), rating: z.number().int().optional() });

class Database extends Dexie {
  constructor() {
    super('heavy');
    this.version(1).stores({ messages: 'id' });
  }
}

export function start(): void {
  const found = document.querySelectorAll('[data-message-author-role="assistant"]');
  if (found.length === 0) return;
  const database = new Database();
  for (const element of found) {
    const { id, text } = message.parse({ id: crypto.randomUUID(), text: element.textContent });
    void database.table('messages').put({ id, text });
    createRoot(element.appendChild(document.createElement('div'))).render(
      createElement('button', { type: 'button' }, 'Good'),
    );
  }
}
