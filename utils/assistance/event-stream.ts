/** Server-sent events as far as chat endpoints use them (WHATWG HTML, 9.2.6): the data of each event, whatever the chunks. */

/** The longest event that is kept, in UTF-16 code units. */
const EVENT_LIMIT = 1_000_000;

export class EventStream {
  #rest = '';
  #data: string[] = [];
  #length = 0;

  /** The data of the events that this piece completes. Throws `RangeError` where one never ends. */
  push(piece: string): string[] {
    const text = this.#rest + piece;
    // A carriage return at the end may be the first half of a line end.
    const end = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, end).split(/\r\n|\n|\r/);
    this.#rest = (lines.pop() ?? '') + text.slice(end);
    const events = lines.flatMap((line) => this.#take(line));
    if (this.#rest.length + this.#length > EVENT_LIMIT) throw new RangeError('An event is too long');
    return events;
  }

  /** What is left when the stream has ended: some servers leave out the last blank line. */
  end(): string[] {
    const events = this.#take(this.#rest.replace(/\r$/, ''));
    this.#rest = '';
    return [...events, ...this.#take('')];
  }

  #take(line: string): string[] {
    if (line === '') {
      const data = this.#data.splice(0);
      this.#length = 0;
      return data.length === 0 ? [] : [data.join('\n')];
    }
    const data = /^data(?:: ?|$)/.exec(line)?.[0];
    if (data !== undefined) {
      this.#data.push(line.slice(data.length));
      this.#length += line.length;
    }
    return [];
  }
}
