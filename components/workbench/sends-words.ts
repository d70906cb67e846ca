/** How much of a review leaves, in words. */
import type { PrivacyLevel } from './types.ts';

/** The choices, as the form offers them and the card repeats them. */
export const sendsChoices: readonly { readonly value: PrivacyLevel; readonly label: string }[] = [
  { value: 'redacted', label: 'Text, redacted' },
  { value: 'text', label: 'Text as stored' },
  { value: 'hashes', label: 'No text, a hash of the answer' },
  { value: 'ratings', label: 'Ratings only' },
];

/** One sentence on each. */
export const aboutSends: Readonly<Record<PrivacyLevel, string>> = {
  redacted:
    'E-mail addresses, phone, card and account numbers, passwords and keys that we recognise are replaced first. Names stay, unless you list them under Privacy.',
  text: 'Answer, prompt, correction and comment leave as they are, with whatever personal data is in them.',
  hashes: 'Verdict, labels and rating, and a hash by which the endpoint knows an answer again. No text leaves.',
  ratings:
    'Verdict, labels, rating and time, and the site and model they are about. No text leaves, and no hash to know it by.',
};

/** `Sends: text, redacted, without the prompt` */
export function sendsSentence(sends: PrivacyLevel, sendPrompt = true, sendContext = false): string {
  const label = sendsChoices.find(({ value }) => value === sends)?.label ?? sends;
  const texts = sends === 'text' || sends === 'redacted';
  const part = !sendPrompt ? ', without the prompt' : sendContext ? ', with what was said before the prompt' : '';
  return `Sends: ${label.charAt(0).toLowerCase()}${label.slice(1)}${texts ? part : ''}`;
}
