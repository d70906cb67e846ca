/** A judgement without any text: for the levels at which none leaves. */
import type { Judgement, Rating } from '../review/schema.ts';
import { bare } from './redact-findings.ts';

/** Ids of choices, `up` and `down`. Whatever else is a string may be text: the rubric that could tell is not at hand. */
const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** An answer to a question of the rubric without its reason; null where the answer itself is text. */
function bareRating({ dimension, value }: Rating): Rating | null {
  return typeof value === 'string' && !ID.test(value) ? null : { dimension, value };
}

const isRating = (rating: Rating | null): rating is Rating => rating !== null;
const bareRatings = (ratings: readonly Rating[]) => ratings.map(bareRating).filter(isRating);

/** `placed`: say where the findings are, which the text tells whose hash is sent. */
export function bareJudgement(judgement: Judgement, placed: boolean): Judgement {
  const { findings, preference, ratings } = judgement;
  return {
    ...judgement,
    correction: null,
    comment: null,
    ratings: bareRatings(ratings),
    ...(findings && { findings: bare(findings, placed) }),
    ...(preference && {
      preference: {
        ...preference,
        shown: preference.shown.map((one) => ({ ...one, text: '', ratings: bareRatings(one.ratings) })),
      },
    }),
  };
}

/** The texts of a judgement that `bareJudgement` takes out, by their shapes, each once. */
export function textsTakenOut({ correction, comment, ratings, findings = [], preference }: Judgement): string[] {
  const compared = preference?.shown ?? [];
  const rated = (list: readonly Rating[], path: string) =>
    list.flatMap((rating) => [
      ...(bareRating(rating) === null ? [`${path}.value`] : []),
      ...(rating.reason === undefined ? [] : [`${path}.reason`]),
    ]);
  const taken = [
    ...(correction ? ['judgement.correction'] : []),
    ...(comment ? ['judgement.comment'] : []),
    ...rated(ratings, 'judgement.ratings.*'),
    ...findings.flatMap(({ note, replacement, source }) => [
      'judgement.findings.*.quote',
      ...(note ? ['judgement.findings.*.note'] : []),
      ...(replacement === null ? [] : ['judgement.findings.*.replacement']),
      ...(source ? ['judgement.findings.*.source'] : []),
    ]),
    ...compared.flatMap(({ text, ratings: list }) => [
      ...(text ? ['judgement.preference.shown.*.text'] : []),
      ...rated(list, 'judgement.preference.shown.*.ratings.*'),
    ]),
  ];
  return [...new Set(taken)];
}
