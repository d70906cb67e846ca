/** Structured logs: one JSON object per line on stderr. Never review text, tokens or addresses of pages. */

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  info(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** What may be said of an unexpected error: its kind and where it happened, not its text, which may quote a value. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = Reflect.get(error, 'code');
  const at = error.stack?.split('\n').find((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    ...(typeof code === 'string' ? { errorCode: code } : {}),
    ...(at ? { at: at.trim().slice(0, 200) } : {}),
  };
}

export function createLog(
  write: (line: string) => void = (line) => process.stderr.write(line),
  now: () => Date = () => new Date(),
): Log {
  const line =
    (level: 'info' | 'error') =>
    (event: string, fields: LogFields = {}) =>
      write(`${JSON.stringify({ time: now().toISOString(), level, event, ...fields })}\n`);
  return { info: line('info'), error: line('error') };
}

/** For tests and commands that have nothing to log. */
export const silentLog: Log = { info: () => {}, error: () => {} };
