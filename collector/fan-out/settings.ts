/** A destination as a file or a request describes it, checked before anything is stored. */
import * as z from 'zod/mini';
import { abouts } from '../../utils/connectors/abouts.ts';
import { checkDestination } from '../../utils/connectors/check.ts';
import { connectorIds } from '../../utils/connectors/types.ts';
import { err, ok, type Result } from '../../utils/result.ts';
import { firstIssue } from '../../utils/review/schema.ts';
import type { Secrets, Settings } from '../store/destinations.ts';

/** What a destination may be called: it stands in addresses and logs. */
export const idPattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Fields that file and request have in common. */
export const settingsFields = {
  name: z.string().check(z.maxLength(200)),
  connector: z.enum(connectorIds),
  url: z.string().check(z.maxLength(2048)),
  /** The connector's own fields; see docs/connectors. */
  options: z.optional(z.record(z.string().check(z.maxLength(64)), z.string().check(z.maxLength(16_384)))),
  /** Whether request bodies are packed; where absent, once the destination says that it takes that. */
  gzip: z.optional(z.boolean()),
  /** Whether http:// may be used to another computer, as in a network of one's own. */
  plainHttp: z.optional(z.boolean()),
  /** Whether it is owed what was stored before it, too. */
  earlier: z.optional(z.boolean()),
};

/** What is wrong, in words, and where. */
export interface Complaint {
  readonly field: string;
  readonly message: string;
}

/** Reads a value by a schema. */
export function readAs<T>(schema: z.ZodMiniType<T>, value: unknown): Result<T, Complaint> {
  const parsed = schema.safeParse(value);
  return parsed.success ? ok(parsed.data) : err(firstIssue(parsed.error));
}

/** What of a description is stored; a complaint names the field. The address is the operator's own choice, private ones too. */
export function settingsOf(
  described: Settings & { readonly earlier?: boolean | undefined },
  secrets: Secrets,
): Result<Settings, Complaint> {
  const { name, connector, url, options, gzip, plainHttp } = described;
  const checked = checkDestination(
    { id: null, name, connector, url, ...(options ? { options } : {}), ...secrets },
    abouts[connector],
    { plainHttp: plainHttp === true },
  );
  if (!checked.ok) {
    const { field = 'url', message } = checked.error;
    const https = field === 'url' && !plainHttp && /^http:/i.test(url);
    return err({
      field,
      message: https ? `${message} “plainHttp”: true allows it within a network of your own.` : message,
    });
  }
  const kept = Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== ''));
  return ok({
    ...{ name: name.trim(), connector, url },
    ...(Object.keys(kept).length === 0 ? {} : { options: kept }),
    ...(gzip === undefined ? {} : { gzip }),
    ...(plainHttp ? { plainHttp } : {}),
  });
}
