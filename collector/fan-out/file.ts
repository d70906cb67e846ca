/** The destinations file: what a collector passes its reviews on to, set up where its other options are. */
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { type Database, StoreError } from '../store/database.ts';
import { retireAllBut, type Secrets, type Settings, saveDestination } from '../store/destinations.ts';
import { projectPattern } from '../store/tokens.ts';
import { idPattern, readAs, settingsFields, settingsOf } from './settings.ts';

/** The secret itself, or the name of the environment variable that holds it. */
const secret = z.optional(z.union([z.string(), z.strictObject({ env: z.string().check(z.minLength(1)) })]));

const fileSchema = z.strictObject({
  destinations: z
    .array(
      z.strictObject({
        project: z.string().check(z.regex(projectPattern)),
        id: z.string().check(z.regex(idPattern)),
        ...settingsFields,
        token: secret,
        secret,
      }),
    )
    .check(z.maxLength(1000)),
});

/** A destination as the file sets it up. */
export interface FiledDestination {
  readonly project: string;
  readonly id: string;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly earlier: boolean;
}

function resolved(
  value: string | { readonly env: string } | undefined,
  environment: NodeJS.ProcessEnv,
  wrong: (message: string) => never,
): string | null {
  if (value === undefined || typeof value === 'string') return value || null;
  return environment[value.env] || wrong(`the environment variable ${value.env} is not set.`);
}

/** Reads and checks the file. Throws `StoreError` that says what is wrong with it, and never quotes a secret. */
export function readDestinationsFile(path: string, environment: NodeJS.ProcessEnv): FiledDestination[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // What a parser says of a broken file quotes it.
    const why =
      error instanceof SyntaxError ? 'is not JSON' : `cannot be read (${(error as NodeJS.ErrnoException).code})`;
    throw new StoreError(`The destinations file ${path} ${why}.`);
  }
  const parsed = readAs(fileSchema, value);
  if (!parsed.ok) throw new StoreError(`The destinations file ${path}: ${parsed.error.field}: ${parsed.error.message}`);
  const seen = new Set<string>();
  return parsed.value.destinations.map((filed, index) => {
    const wrong = (message: string): never => {
      throw new StoreError(`The destinations file ${path}: destinations.${index} (${filed.id}): ${message}`);
    };
    const name = `${filed.project}/${filed.id}`;
    if (seen.has(name)) wrong('there is another one of this id in the project.');
    seen.add(name);
    const secrets = {
      token: resolved(filed.token, environment, wrong),
      secret: resolved(filed.secret, environment, wrong),
    };
    const settings = settingsOf(filed as Settings, secrets);
    if (!settings.ok) return wrong(`${settings.error.field}: ${settings.error.message}`);
    return { project: filed.project, id: filed.id, settings: settings.value, secrets, earlier: filed.earlier === true };
  });
}

/** Makes the database say what the file says. Those that it names no more are owed nothing new. */
export async function storeFiled(database: Database, filed: readonly FiledDestination[]): Promise<void> {
  for (const one of filed) {
    const { project, id, settings, earlier } = one;
    await saveDestination(database, { project, id, settings, earlier, managedBy: 'file', secrets: null });
  }
  await retireAllBut(database, filed);
}
