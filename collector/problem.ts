/** What a client is told when a request cannot be served: one JSON shape for all of it. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

export type ProblemCode =
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'changed'
  | 'method-not-allowed'
  | 'too-large'
  | 'unsupported-media-type'
  | 'misdirected'
  | 'unavailable'
  | 'unexpected';

/** Thrown anywhere below a route; the message is for the client and never quotes review text or tokens. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: ContentfulStatusCode;
  readonly code: ProblemCode;
  /** The path of the offending value, as `0.data.judgement.verdict`, where one value is to blame. */
  readonly field: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ContentfulStatusCode,
    code: ProblemCode,
    message: string,
    { field, headers = {} }: { readonly field?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
    this.headers = headers;
  }
}

/** The problem as a reply. */
export function reply(context: Context, { status, code, message, field, headers }: Problem): Response {
  const error = { code, message, ...(field === undefined ? {} : { field }) };
  return context.json({ error, requestId: context.get('requestId') }, status, { ...headers });
}
