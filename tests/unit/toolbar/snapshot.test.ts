// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://chat.example/c/7?token=SECRET#part" }
import { beforeEach, describe, expect, it } from 'vitest';
import { seenTextOf, takeSnapshot } from '../../../entrypoints/toolbar/snapshot.ts';
import { snapshotSchema } from '../../../utils/review/schema.ts';
import { aDetector, aResponse } from './given.ts';

function anAnswer(...texts: string[]) {
  const body = texts.map((text) => Object.assign(document.createElement('p'), { textContent: text }));
  return aResponse('a', { element: body[0] as Element, body });
}

// happy-dom does not know the document's origin.
beforeEach(() => {
  Object.assign(window, { origin: location.origin });
});

describe('the snapshot of an answer', () => {
  it('given an address with secrets, when captured, then it is stored without query and fragment', () => {
    const response = anAnswer('One.', 'Two.');
    const snapshot = takeSnapshot(
      aDetector([response]).detector,
      response,
      { promptLimit: 0, contextTurns: 0 },
      new Date('2026-11-21T08:00:00Z'),
    );
    expect(snapshot.pageUrl).toBe('https://chat.example/c/7');
    expect(snapshot).toMatchObject({ text: 'One.\nTwo.', capturedAt: '2026-11-21T08:00:00.000Z', settled: true });
    expect(snapshotSchema.safeParse(snapshot).success).toBe(true);
  });

  it('given a title that is endless and cut inside a character, when captured, then it is bounded and whole', () => {
    document.title = `${'x'.repeat(511)}😀`;
    const response = anAnswer('One.');
    const { pageTitle } = takeSnapshot(aDetector([response]).detector, response, { promptLimit: 0, contextTurns: 0 });
    expect(pageTitle).toHaveLength(512);
    expect(pageTitle.isWellFormed()).toBe(true);
  });

  it('given an answer in parts, when one of them changes, then what was seen is something else', () => {
    const response = anAnswer('One.', 'Two.');
    const before = seenTextOf(response);
    (response.body[1] as Element).textContent = 'Evil.';
    expect(seenTextOf(response)).not.toBe(before);
  });
});
