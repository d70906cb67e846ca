/** The conditions of a list, besides its search. */
import type { ReviewQuery } from '../../utils/review/query.ts';

export type Condition = Exclude<keyof ReviewQuery, 'search'>;

export const deliveryNames = {
  pending: 'Waiting',
  delivered: 'Delivered',
  dead: 'Could not be delivered',
  none: 'Not to be delivered',
} as const;

/** The query with this condition; without it where the value is empty. */
export function withCondition(query: ReviewQuery, name: keyof ReviewQuery, value: string): ReviewQuery {
  const { [name]: _, ...rest } = query;
  return value === '' ? rest : ({ ...rest, [name]: value } as ReviewQuery);
}
