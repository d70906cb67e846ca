/** Which ratings become scores: a score lies between 0 and 1, and a rating does not say what it lies between. */
import { err, ok, type Result } from '../../result.ts';

export interface Bounds {
  readonly lowest: number;
  readonly highest: number;
}

const number = '(-?\\d{1,9}(?:\\.\\d{1,6})?)';
const SCALE = new RegExp(`^(\\S{1,64})\\s+${number}\\s*(?:-|–|\\.\\.|to)\\s*${number}$`);

/** Reads `quality 1-5, tone 1-7`; the error is a sentence. */
export function readScales(typed = ''): Result<ReadonlyMap<string, Bounds>, string> {
  const scales = new Map<string, Bounds>();
  for (const part of typed.split(/[,\n]/).map((each) => each.trim())) {
    if (part === '') continue;
    const [, name = '', from, to] = SCALE.exec(part) ?? [];
    const [lowest, highest] = [Number(from), Number(to)];
    if (name === '') return err(`“${part.slice(0, 60)}” is no scale: write one as “quality 1-5”.`);
    if (lowest >= highest) return err(`The scale of “${name}” must end above where it begins.`);
    scales.set(name, { lowest, highest });
  }
  return ok(scales);
}

/** The value between 0 and 1; null where it is none of the scale. */
export const share = (value: number, { lowest, highest }: Bounds): number | null =>
  value < lowest || value > highest ? null : (value - lowest) / (highest - lowest);
