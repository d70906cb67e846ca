/** Where tokens and signing secrets of destinations come from. They go into requests, and into no answer and no log. */
import type { DestinationRow, Place, Secrets } from '../store/destinations.ts';

/** The secrets of a destination; null where this process has none of it: a file that it was not given sets it up. */
export type SecretsOf = (row: DestinationRow) => Secrets | null;

const nameOf = ({ project, id }: Place) => `${project}/${id}`;

/** `fromFile`: what the file of this process says, for the destinations that it sets up. */
export function createSecrets(fromFile: readonly (Place & { readonly secrets: Secrets })[]): SecretsOf {
  const known = new Map(fromFile.map((one) => [nameOf(one), one.secrets]));
  return (row) =>
    row.managedBy === 'file' ? (known.get(nameOf(row)) ?? null) : { token: row.token, secret: row.secret };
}
