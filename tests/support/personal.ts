/** A review with personal data in every text, and what of it must not be found where it was redacted. */
import type { ReviewDraft } from '../../utils/review/schema.ts';
import { aDraft, aJudgement, aSnapshot } from './builders.ts';

const email = 'jane.doe@mail-of-jane.example';
const card = '4111 1111 1111 1111';
const iban = 'DE89 3704 0044 0532 0130 00';
/** Put together here, so that nobody takes it for a real one. */
const token = ['ghp', 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6'].join('_');
const phone = '+49 1512 3456789';

/** Parts that tell the values in either spelling, and are too long to stand in a hash by chance. */
export const planted = [
  'jane.doe',
  '1111 1111',
  '11111111',
  '0532 0130',
  '05320130',
  'aB3dE6gH9j',
  '1512 34',
  '151234567',
];

/** Words of the texts that are nobody's, and gone only where no text leaves. */
export const harmless = ['Refund to', 'Better write', 'Asked by', 'Chat with'];

const values = [email, card, iban, token, phone].join(', ');

export function aPersonalDraft(change: Partial<ReviewDraft> = {}): ReviewDraft {
  const snapshot = aSnapshot({
    text: `Refund to ${values}.`,
    markdown: `**Refund to** ${values}.`,
    prompt: `Asked by ${values}: where is it?`,
    pageTitle: `Chat with ${values}`,
    pageUrl: `https://chat.example/${email}/${iban.replaceAll(' ', '')}/${card.replaceAll(' ', '')}/${token}/${phone.replaceAll(' ', '')}`,
  });
  const judgement = aJudgement({ correction: `Better write ${values}.`, comment: `Call ${values}.` });
  return aDraft({ snapshot, judgement, ...change });
}
