import { anchor } from '../../../utils/anchoring/index.ts';
import type { Finder } from './score.ts';

export const ours: Finder = (before, spots, now) => {
  const { placed } = anchor(before, spots, now);
  const places = new Map(placed.map(({ id, start, end }) => [id, { start, end }]));
  return spots.map(({ id }) => places.get(id) ?? null);
};
