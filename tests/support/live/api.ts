/** A target's own API, asked without any code of the product. */

/** Asks for JSON and gives it; throws with what was said where that is no success. */
export async function askTarget(
  url: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown } = {},
): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    // A connection of its own: a busy server closes one that was kept just when the next request goes out on it.
    headers: { 'content-type': 'application/json', connection: 'close', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const said = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${said.slice(0, 500)}`);
  return said === '' ? null : JSON.parse(said);
}
