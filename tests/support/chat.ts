/** Uses a demo chat as a customer does: asks, waits, reads the answers, moves between conversations. */
import type { ChatProductId, ChatServer } from '../fixtures/chats/server.ts';
import { until } from './browser/poll.ts';
import type { Tab } from './browser/types.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One answer of the bot as the page shows it. */
export interface ShownAnswer {
  readonly text: string;
  readonly box: Box;
}

const selectors: Readonly<Record<ChatProductId, { readonly composer: string; readonly answer: string }>> = {
  'deep-chat': { composer: '#text-input', answer: '.ai-message-text' },
  'web-chat': {
    composer: '.webchat__send-box-text-box__input',
    answer: 'section[role="feed"] article:not(:has(.webchat__bubble--from-user)) .webchat__bubble__content',
  },
  chatscope: {
    composer: '.cs-message-input__content-editor',
    answer: '.cs-message--incoming .cs-message__content',
  },
};

/** A demo chat in a tab. */
export class Chat {
  readonly tab: Tab;
  readonly product: ChatProductId;
  #typedAt = 0;

  constructor(tab: Tab, product: ChatProductId) {
    this.tab = tab;
    this.product = product;
  }

  /** The answers on the page, oldest first. */
  answers(): Promise<ShownAnswer[]> {
    return this.tab.document.evaluate((root, selector) => {
      const scope = root.querySelector('deep-chat')?.shadowRoot ?? root;
      return Array.from(scope.querySelectorAll(selector), (element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return { text: (element.textContent ?? '').trim(), box: { x, y, width, height } };
      }).filter((answer) => answer.text !== '');
    }, selectors[this.product].answer);
  }

  /** Waits until an answer shows `part`, and gives that answer. */
  async answer(part: string): Promise<ShownAnswer> {
    return until(`the chat answers "${part}"`, async () =>
      (await this.answers()).findLast((answer) => answer.text.includes(part)),
    );
  }

  /** Moves the mouse onto the answer that shows `part`, so that the toolbar follows it; once there is one to follow. */
  async pointAt(part: string): Promise<void> {
    await until('the overlay is on the page', () => this.tab.overlay());
    // Chats scroll, and draw themselves anew: a person follows the answer with the mouse.
    await until(`the mouse is on the answer "${part}"`, async () => {
      const { box } = await this.answer(part);
      await this.tab.page.mouse.move(box.x + Math.min(40, box.width / 2), box.y + Math.min(12, box.height / 2), {
        steps: 3,
      });
      const { x, y } = (await this.answer(part)).box;
      return x === box.x && y === box.y;
    });
  }

  /** Puts the text cursor into the chat's own text field. */
  async focusComposer(): Promise<void> {
    const box = await until('the chat has a text field', () =>
      this.tab.document.evaluate((root, selector) => {
        const scope = root.querySelector('deep-chat')?.shadowRoot ?? root;
        const { x, y, width, height } = scope.querySelector(selector)?.getBoundingClientRect() ?? {};
        return width ? { x: x as number, y: y as number, width, height: height as number } : null;
      }, selectors[this.product].composer),
    );
    await this.tab.page.mouse.click(box.x + Math.min(60, box.width / 2), box.y + box.height / 2);
  }

  /** Types a question and sends it. */
  async ask(question: string): Promise<void> {
    await this.focusComposer();
    await this.tab.page.keyboard.type(question);
    await this.tab.page.keyboard.press('Enter');
    this.#typedAt = Date.now();
  }

  /** Takes the keyboard out of the chat's text field, as a click beside the chat does; then single keys count again. */
  async leaveComposer(): Promise<void> {
    await this.tab.page.mouse.click(600, 30);
    // Right after typing the overlay takes no key for a judgement.
    await until('typing is over', () => Date.now() - this.#typedAt > 700);
  }

  /** Moves to another conversation inside the page, without loading it anew. */
  async goTo(title: string): Promise<void> {
    const box = await this.tab.document.evaluate((root, name) => {
      const link = Array.from(root.querySelectorAll('nav a')).find((each) => each.textContent === name) as Element;
      const { x, y, width, height } = link.getBoundingClientRect();
      return { x, y, width, height };
    }, title);
    await this.tab.page.mouse.click(box.x + 20, box.y + box.height / 2);
  }

  /** Has the page throw away every node of the chat and build it again. */
  async rebuild(): Promise<void> {
    const box = await this.tab.document.evaluate((root) => {
      const { x, y, width, height } = (root.querySelector('#rebuild') as Element).getBoundingClientRect();
      return { x, y, width, height };
    });
    await this.tab.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }
}

/** Opens a conversation of a demo chat in a new tab of `open`. */
export async function openChat(
  session: { open(url: string): Promise<Tab> },
  chats: ChatServer,
  product: ChatProductId,
  conversation = 'new',
  query: Readonly<Record<string, string>> = {},
): Promise<Chat> {
  return new Chat(await session.open(chats.url(product, conversation, query)), product);
}
