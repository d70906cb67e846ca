/** What a caller gets while the part that answers messages is not there. */
import { describe, expect, it } from 'vitest';
import { type Listener, listen } from '../../../utils/messaging/ear.ts';
import { ok } from '../../../utils/result.ts';

function anEar(load: () => Promise<Listener>) {
  const noted: string[] = [];
  type Heard = (message: unknown, sender: object, respond: (answer: unknown) => void) => true | undefined;
  let heard: Heard = () => undefined;
  const onMessage = {
    addListener(listener: Heard) {
      heard = listener;
    },
  };
  listen({ onMessage } as never, load, (_, when) => void noted.push(when));
  const say = (message: unknown) => {
    const { promise, resolve } = Promise.withResolvers();
    return heard(message, {}, resolve) ? promise : undefined;
  };
  return { noted, say };
}

const message = { countersign: 1, call: 'openPage', body: {} };

describe('the ear of the background', () => {
  it('given messages before the part has loaded, then each is answered, and the part is loaded once', async () => {
    let loads = 0;
    const { say } = anEar(async () => {
      loads += 1;
      return async () => ok('answered');
    });
    expect(loads).toBe(0);
    expect(await Promise.all([say(message), say(message)])).toEqual([ok('answered'), ok('answered')]);
    expect(loads).toBe(1);
  });

  it('given a part that does not load, then whoever asks is told in words, and the next message tries again', async () => {
    let fails = true;
    const { say, noted } = anEar(async () => {
      if (fails) throw Object.assign(new Error('background/answering.js'), { name: 'PartError' });
      return async () => ok('answered');
    });
    expect(await say(message)).toMatchObject({
      ok: false,
      error: { code: 'not-loaded', message: 'Not done: a part of Countersign did not load. Your text is still here.' },
    });
    expect(noted).toEqual(['loading what answers messages']);
    fails = false;
    expect(await say(message)).toEqual(ok('answered'));
  });

  it('leaves messages of others alone, and loads nothing for them', () => {
    let loads = 0;
    const { say } = anEar(() => {
      loads += 1;
      return Promise.reject(new Error());
    });
    for (const other of [null, 'hello', {}, { countersign: 2 }]) expect(say(other)).toBeUndefined();
    expect(loads).toBe(0);
  });
});
