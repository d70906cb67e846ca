/** The programs that `npm run test:live` installs from PyPI and delivers to, and where it puts them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../../scripts/lib/run.ts';

export interface Target {
  readonly name: string;
  /** On PyPI. */
  readonly package: string;
  readonly version: string;
}

/** By connector. */
export const targets = {
  mlflow: { name: 'MLflow', package: 'mlflow[auth]', version: '3.17.2' },
  phoenix: { name: 'Arize Phoenix', package: 'arize-phoenix', version: '20.26.1' },
  'label-studio': { name: 'Label Studio', package: 'label-studio', version: '1.23.2' },
} as const satisfies Record<string, Target>;
export type TargetId = keyof typeof targets;

/** The virtual environment of this version. */
export const environmentOf = (id: TargetId): string => join(repository, '.run/live', `${id}-${targets[id].version}`);

/**
 * What goes into it, all that it needs included, in versions that were met together: the newest of each, which pip would look
 * for without it, takes it up to an hour and does not always fit.
 */
export const constraintsOf = (id: TargetId): string => join(repository, 'tests/support/live/constraints', `${id}.txt`);

/** A program of the virtual environment. */
export const programOf = (id: TargetId, program: string): string =>
  process.platform === 'win32'
    ? join(environmentOf(id), 'Scripts', `${program}.exe`)
    : join(environmentOf(id), 'bin', program);

/** Written last, so that an installation that was cut short is done again. */
export const completeMark = (id: TargetId): string => join(environmentOf(id), 'complete');

/** The variable in which `npm run test:live` tells the tests why a target is not there: JSON, sentences by target. */
export const REASONS = 'COUNTERSIGN_LIVE_MISSING';

/** Why the target cannot be started; null where it can. */
export function missing(id: TargetId): string | null {
  const told = JSON.parse(process.env[REASONS] ?? '{}') as Partial<Record<TargetId, string>>;
  if (told[id] !== undefined) return told[id];
  return existsSync(completeMark(id)) ? null : `It is not installed. npm run test:live -- ${id} installs it.`;
}
