/** A server made of a vendor's OpenAPI document alone: it refuses what the document does not describe, and answers as it says. */
import { readFileSync } from 'node:fs';
import type { HttpReply, HttpRequest } from '../../utils/connectors/types.ts';
import { aReply } from './exchange.ts';
import { openApi } from './openapi.ts';

type Node = { readonly [name: string]: unknown };

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}

interface Operation {
  readonly parameters?: readonly Node[];
  readonly requestBody?: Node;
  readonly responses: Readonly<
    Record<string, { readonly content?: { readonly 'application/json'?: { schema: Node } } }>
  >;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

const STRINGS: Readonly<Record<string, string>> = {
  uuid: '0190a1b2-0000-7000-8000-000000000001',
  'date-time': '2026-11-21T08:00:00.000Z',
  uri: 'https://example.com',
};

export interface DocumentedServer {
  /** What a connector's exchange asks. Throws where the document has no such request, and says what is wrong with it. */
  readonly answer: (request: HttpRequest) => HttpReply;
  /** The operations that were asked for, as `post /v1/things/{id}`, each once. */
  readonly asked: ReadonlySet<string>;
}

/** The server of the document `name` of tests/fixtures/openapi, whose addresses begin with `base`. */
export function documentedServer(name: string, base: string): DocumentedServer {
  const source = readFileSync(new URL(`../fixtures/openapi/${name}.json`, import.meta.url), 'utf8');
  const document = JSON.parse(source) as Node & { paths: Record<string, Record<string, Operation>> };
  const checks = openApi(name);
  const asked = new Set<string>();

  const resolved = (node: Node): Node => {
    if (typeof node.$ref !== 'string') return node;
    const steps = node.$ref.slice(2).split('/');
    return resolved(
      steps.reduce<Node>((at, step) => at[step.replaceAll('~1', '/').replaceAll('~0', '~')] as Node, document),
    );
  };

  /**
   * The least that fits the schema. Where a field of the request has the same name, what was said there; a row of names
   * names the rows that were sent, by their ids where they have some.
   */
  function sampleOf(given: unknown, said: Node, sent: readonly unknown[] = []): unknown {
    const schema = resolved(given as Node);
    const several = (schema.oneOf ?? schema.anyOf) as readonly unknown[] | undefined;
    if (Array.isArray(schema.allOf))
      return Object.assign({}, ...schema.allOf.map((each) => sampleOf(each, said, sent)));
    if (several) return sampleOf(several[0], said, sent);
    if (Array.isArray(schema.enum)) return schema.enum[0];
    if (schema.type === 'object' || isNode(schema.properties)) {
      const fields = Object.entries((schema.properties ?? {}) as Node);
      const required = (schema.required ?? []) as readonly string[];
      const values = fields.flatMap(([field, its]) =>
        field in said ? [[field, said[field]]] : required.includes(field) ? [[field, sampleOf(its, {}, sent)]] : [],
      );
      return Object.fromEntries(values);
    }
    if (schema.type === 'array') {
      const items = schema.items as Node | undefined;
      return items && resolved(items).type === 'string'
        ? sent.map((row) => (isNode(row) && row.id) || sampleOf(items, {}))
        : [];
    }
    if (schema.type === 'boolean') return false;
    if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 0;
    return STRINGS[String(schema.format)] ?? 'text';
  }

  return {
    asked,
    answer({ method, url, body }) {
      const address = new URL(url);
      if (!url.startsWith(base)) throw new Error(`${url} is not below ${base}`);
      const path = address.pathname.slice(new URL(base).pathname.replace(/\/$/, '').length);
      const verb = method.toLowerCase();
      const template = Object.keys(document.paths).find(
        (each) =>
          verb in (document.paths[each] ?? {}) && new RegExp(`^${each.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
      );
      const operation = template && document.paths[template]?.[verb];
      if (!template || !operation) throw new Error(`The document of ${name} has no ${verb} ${path}`);
      asked.add(`${verb} ${template}`);

      const parameters = (operation.parameters ?? []).map((each) => resolved(each) as unknown as Parameter);
      const known = parameters.filter((each) => each.in === 'query');
      for (const key of address.searchParams.keys())
        if (!known.some((each) => each.name === key)) throw new Error(`${verb} ${template} knows no ${key}`);
      for (const { name: key, required } of known)
        if (required && !address.searchParams.has(key)) throw new Error(`${verb} ${template} wants ${key}`);

      const said: unknown = body ? JSON.parse(String(body)) : null;
      if (operation.requestBody) {
        const fits = checks.request(verb, template);
        if (!fits(said)) throw new Error(`${verb} ${template}: ${JSON.stringify(fits.errors?.slice(0, 5))}`);
      } else if (body) throw new Error(`${verb} ${template} takes no body`);
      const [status = '200', response] =
        Object.entries(operation.responses).find(([code]) => code.startsWith('2')) ?? [];
      const schema = response?.content?.['application/json']?.schema;
      const echoed = isNode(said) ? said : {};
      return aReply({
        status: Number(status),
        body: schema ? sampleOf(schema, echoed, Object.values(echoed).find(Array.isArray)) : '',
      });
    },
  };
}
