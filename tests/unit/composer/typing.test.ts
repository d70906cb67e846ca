import { expect, it } from 'vitest';
import { createTyping } from '../../../utils/composer/typing.ts';

const draft = 'Your order 4417 left our warehouse yesterday and arrives by Thursday.';

function typeInto(typing: ReturnType<typeof createTyping>, before: string, text: string): string {
  let held = before;
  for (const letter of text) {
    typing.typed(1);
    held += letter;
    typing.saw(held);
  }
  return held;
}

it('given keys for every letter, takes the text for the person’s own', () => {
  const typing = createTyping();
  typeInto(typing, '', draft);
  expect(typing.draft).toBeNull();
});

it('given a text without keys, at once or in pieces, takes it for a draft, and knows whether it was edited', () => {
  const whole = createTyping();
  whole.saw(draft);
  expect(whole).toMatchObject({ draft, isEdited: false });
  const pieces = createTyping();
  for (let at = 5; at < draft.length + 5; at += 5) pieces.saw(draft.slice(0, at));
  expect(pieces.draft).toBe(draft);
  typeInto(pieces, draft, ' Mia');
  expect(pieces).toMatchObject({ draft, isEdited: true });
});

it('given a name or a link that was completed, goes on taking the text for typed; emptied, it knows nothing any more', () => {
  const typing = createTyping();
  const held = typeInto(typing, '', 'I will ask ');
  typing.saw(`${held}@Mia Sommer`);
  expect(typing.draft).toBeNull();
  typing.saw(draft);
  typing.saw('');
  expect(typing).toMatchObject({ draft: null, isEdited: false });
});
