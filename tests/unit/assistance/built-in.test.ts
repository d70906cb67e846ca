/** The browser's own model, by a stand-in for its API: no browser on a test machine has one. */
import { describe, expect, it } from 'vitest';
import { askBuiltIn, type LanguageModelApi, modelState } from '../../../utils/assistance/built-in.ts';
import { limitsFor } from '../../../utils/assistance/limits.ts';
import { questionOf } from '../../../utils/assistance/question.ts';

const question = questionOf({ answer: 'Refunds take 60 days.', prompt: null, labels: [] });

/** A model that says these pieces, for as long as nobody stops it. */
function aModel(pieces: Iterable<string>, state: Awaited<ReturnType<LanguageModelApi['availability']>> = 'available') {
  const seen = { destroyed: 0, created: [] as object[], asked: [] as string[] };
  const model: LanguageModelApi = {
    availability: async () => state,
    async create(options) {
      seen.created.push(options);
      return {
        promptStreaming(input, { signal }: { signal?: AbortSignal }) {
          seen.asked.push(input);
          const from = pieces[Symbol.iterator]();
          return new ReadableStream<string>({
            async pull(controller) {
              await new Promise((resolve) => setImmediate(resolve));
              if (signal?.aborted) return controller.error(new DOMException('stopped', 'AbortError'));
              const { done, value } = from.next();
              if (done) controller.close();
              else controller.enqueue(value);
            },
          });
        },
        destroy: () => {
          seen.destroyed += 1;
        },
      };
    },
  };
  return { model, seen };
}
const hearing = (stop = new AbortController()) => {
  const heard: string[] = [];
  return { heard, stop, onText: (text: string) => heard.push(text), onThinking: () => {}, signal: stop.signal };
};
function* forever() {
  for (;;) yield 'and on ';
}

describe('the browser’s own model', () => {
  it('given one, when it is asked, then the instructions come first, its pieces are heard, and it is let go', async () => {
    const { model, seen } = aModel(['{"labels"', ':[]}']);
    const ear = hearing();
    const ended = await askBuiltIn(question, ear, { limits: limitsFor(100), model });
    expect(ended).toEqual({ is: 'whole', text: '{"labels":[]}' });
    expect(ear.heard).toEqual(['{"labels"', '{"labels":[]}']);
    expect(seen.created).toMatchObject([{ initialPrompts: [{ role: 'system' }] }]);
    expect(seen.asked[0]).toBe(question.messages[1]?.content);
    expect(seen.destroyed).toBe(1);
  });

  it('given one that does not end, when it has said too much, or somebody cancels, then it is let go', async () => {
    const { model, seen } = aModel(forever());
    const limits = { ...limitsFor(0), chars: 500 };
    expect(await askBuiltIn(question, hearing(), { limits, model })).toMatchObject({ is: 'cut' });
    const ear = hearing();
    const asked = askBuiltIn(question, ear, { limits: { ...limits, chars: 1e9 }, model });
    await expect.poll(() => ear.heard.length).toBeGreaterThan(2);
    ear.stop.abort();
    expect(await asked).toEqual({ is: 'cancelled' });
    expect(seen.destroyed).toBe(2);
  });

  it('given none, or one that is not loaded yet, then it says so', async () => {
    expect(await modelState(null)).toMatchObject({ ok: false });
    expect(await modelState(aModel([], 'unavailable').model)).toMatchObject({ ok: false });
    expect((await modelState(aModel([], 'downloadable').model)).message).toContain('not loaded yet');
    const ended = await askBuiltIn(question, hearing(), { limits: limitsFor(0), model: null });
    expect(ended).toMatchObject({ is: 'failed', message: expect.stringContaining('no model of its own') });
  });
});
