/**
 * Weights from what reviewers found: logistic regression by Newton's method (iteratively reweighted least squares) on
 * standardised signals, with a ridge penalty that draws towards the weights in force: with little to learn from they stay
 * what they are. Small enough to be our own: ten signals, a few thousand answers.
 */
import { defaultTerms, type Strengths, type Weights } from './priority.ts';
import { type SignalName, signalNames } from './types.ts';

/** One judged answer. */
export interface Example {
  readonly strengths: Strengths;
  /** It was rejected or corrected. */
  readonly bad: boolean;
}

/** So many judged answers, and so many of them bad and good, before anything is learned. */
export const ENOUGH = { all: 100, bad: 15, good: 15 } as const;

export function isEnough(examples: readonly Pick<Example, 'bad'>[]): boolean {
  const bad = examples.filter((one) => one.bad).length;
  return examples.length >= ENOUGH.all && bad >= ENOUGH.bad && examples.length - bad >= ENOUGH.good;
}

/** How much the weights in force are believed, in judged answers of a middling signal. */
const RIDGE = 6;
const STEPS = 25;
const CLOSE = 1e-6;

/** Solves a symmetric positive definite system by Cholesky decomposition. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const lower = matrix.map((row) => Float64Array.from(row));
  const at = (row: number, column: number) => (lower[row] as Float64Array)[column] as number;
  for (let column = 0; column < size; column += 1) {
    for (let row = column; row < size; row += 1) {
      let sum = at(row, column);
      for (let k = 0; k < column; k += 1) sum -= at(row, k) * at(column, k);
      (lower[row] as Float64Array)[column] =
        row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(column, column);
    }
  }
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    for (let k = 0; k < row; k += 1) (solution[row] as number) -= at(row, k) * (solution[k] as number);
    (solution[row] as number) /= at(row, row);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let k = row + 1; k < size; k += 1) (solution[row] as number) -= at(k, row) * (solution[k] as number);
    (solution[row] as number) /= at(row, row);
  }
  return solution;
}

/** The weights that make these examples likeliest, drawn towards `prior` by the ridge; `base` is not. */
export function learn(examples: readonly Example[], prior: Weights = defaultTerms.weights, ridge = RIDGE): Weights {
  const width = signalNames.length + 1;
  const mean = signalNames.map(
    (name) => examples.reduce((sum, { strengths }) => sum + (strengths[name] ?? 0), 0) / Math.max(1, examples.length),
  );
  const spread = signalNames.map((name, index) => {
    const middle = mean[index] as number;
    const squares = examples.reduce((sum, { strengths }) => sum + ((strengths[name] ?? 0) - middle) ** 2, 0);
    return Math.sqrt(squares / Math.max(1, examples.length));
  });
  const rows = examples.map(({ strengths }) =>
    Float64Array.from([
      1,
      ...signalNames.map((name, index) => {
        const scale = spread[index] as number;
        return scale < 1e-6 ? 0 : ((strengths[name] ?? 0) - (mean[index] as number)) / scale;
      }),
    ]),
  );
  const drawn = Float64Array.from([0, ...signalNames.map((name, index) => prior[name] * (spread[index] as number))]);
  let beta = Float64Array.from(drawn);
  for (let step = 0; step < STEPS; step += 1) {
    const hessian = Array.from({ length: width }, () => new Float64Array(width));
    const gradient = new Float64Array(width);
    for (const [index, row] of rows.entries()) {
      const sum = row.reduce((total, value, at) => total + value * (beta[at] as number), 0);
      const probability = 1 / (1 + Math.exp(-sum));
      const weight = Math.max(probability * (1 - probability), 1e-6);
      const error = (examples[index]?.bad ? 1 : 0) - probability;
      for (let one = 0; one < width; one += 1) {
        (gradient[one] as number) += error * (row[one] as number);
        const line = hessian[one] as Float64Array;
        for (let other = 0; other < width; other += 1) {
          (line[other] as number) += weight * (row[one] as number) * (row[other] as number);
        }
      }
    }
    for (let at = 0; at < width; at += 1) {
      const penalty = at === 0 ? 1e-6 : ridge;
      ((hessian[at] as Float64Array)[at] as number) += penalty;
      (gradient[at] as number) -= penalty * ((beta[at] as number) - (drawn[at] as number));
    }
    const move = solve(hessian, gradient);
    beta = beta.map((value, at) => value + (move[at] as number));
    if (move.every((value) => Math.abs(value) < CLOSE)) break;
  }
  const raw = signalNames.map((_, index) => {
    const scale = spread[index] as number;
    // Of a signal that never varied nothing was learned.
    return scale < 1e-6 ? prior[signalNames[index] as SignalName] : (beta[index + 1] as number) / scale;
  });
  const base = raw.reduce((sum, weight, index) => sum - weight * (mean[index] as number), beta[0] as number);
  const named = Object.fromEntries(signalNames.map((name, index) => [name, raw[index]]));
  return { ...named, base } as Weights;
}
