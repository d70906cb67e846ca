/** A small Phoenix, which answers as version 20 was seen to do in tests/live/phoenix.test.ts. */
import type { HttpReply, HttpRequest } from '../../../utils/connectors/types.ts';
import { aReply } from '../exchange.ts';

interface PhoenixAnnotation {
  readonly kind: string;
  readonly on: string;
  readonly name: string;
  readonly identifier: string;
  readonly result: unknown;
  readonly metadata: unknown;
  /** Which key wrote it. */
  readonly by: string | null;
}

type Body = Readonly<Record<string, unknown>>;
const no = (status: number, detail: string) => aReply({ status, body: { detail } });

export class Phoenix {
  project = 'default';
  spans = new Set(['eee19b7ec3c1b174']);
  traces = new Set(['5b8efff798038103d269b633813fc60c']);
  datasets = new Set(['corrections']);
  annotations: PhoenixAnnotation[] = [];
  examples = new Map<string, Body>();
  /** Whose requests the next ones are, as with keys that may not delete what others wrote. */
  key = 'admin';

  readonly answer = ({ method, url, body }: HttpRequest): HttpReply => {
    const { pathname, searchParams } = new URL(url);
    const [kind] = /(span|trace)(?=_annotations$)/.exec(pathname) ?? [];
    const sent = (body === '' ? {} : JSON.parse(body)) as Body;
    if (kind && method === 'POST') return this.#write(kind, sent.data as readonly Body[]);
    if (kind) {
      if (pathname.split('/')[3] !== encodeURIComponent(this.project)) return no(404, 'Project not found');
      return method === 'DELETE' ? this.#remove(kind, searchParams) : this.#list(kind, searchParams);
    }
    if (pathname === '/v1/datasets') {
      const name = searchParams.get('name') ?? '';
      return aReply({ body: { data: this.datasets.has(name) ? [{ id: 'D1', name }] : [] } });
    }
    if (pathname === '/v1/datasets/upload') return this.#upload(sent);
    if (pathname === '/v1/datasets/D1/examples') {
      if (this.examples.size === 0) return no(404, 'Dataset has no versions.');
      return aReply({ body: { data: { examples: [...this.examples.keys()].map((id) => ({ id })) } } });
    }
    return no(404, 'Not Found');
  };

  #list(kind: string, params: URLSearchParams): HttpReply {
    const found = this.annotations.filter((each) => each.kind === kind && each.identifier === params.get('identifier'));
    return aReply({ body: { data: found, next_cursor: null } });
  }

  #write(kind: string, data: readonly Body[]): HttpReply {
    const known = kind === 'span' ? this.spans : this.traces;
    const missing = data.map((each) => String(each[`${kind}_id`])).filter((id) => !known.has(id));
    if (missing.length > 0) return no(404, `IDs ${missing.join(', ')} do not exist.`);
    for (const each of data) {
      const { name, identifier, result, metadata } = each as unknown as PhoenixAnnotation;
      if (name === 'note') return no(400, "The name 'note' is reserved for trace and span notes.");
      const written = { kind, on: String(each[`${kind}_id`]), name, identifier, result, metadata, by: this.key };
      this.annotations = this.annotations.filter(
        (old) => old.kind !== kind || old.on !== written.on || old.name !== name || old.identifier !== identifier,
      );
      this.annotations.push(written);
    }
    return aReply({ body: { data: data.map((_, index) => ({ id: `A${index}` })) } });
  }

  #remove(kind: string, params: URLSearchParams): HttpReply {
    if (params.get('delete_all') !== 'true') return no(422, 'Delete is unbounded.');
    this.annotations = this.annotations.filter(
      (each) =>
        each.kind !== kind ||
        each.identifier !== params.get('identifier') ||
        (params.has('name') && each.name !== params.get('name')) ||
        (this.key !== 'admin' && each.by !== this.key),
    );
    return aReply({ status: 204, headers: { 'content-type': '' }, body: '' });
  }

  #upload({ action, name, inputs, outputs, metadata, span_ids, example_ids }: Body): HttpReply {
    this.datasets.add(String(name));
    // What is not in the upload is deleted by all actions but this.
    if (action !== 'append') this.examples.clear();
    for (const [index, id] of (example_ids as string[]).entries()) {
      const at = (list: unknown) => (list as readonly unknown[])[index];
      this.examples.set(id, {
        id,
        input: at(inputs),
        output: at(outputs),
        metadata: at(metadata),
        span_id: at(span_ids),
      });
    }
    return aReply({ body: { data: { dataset_id: 'D1', version_id: 'V1' } } });
  }
}
