/** Opik as far as a connector talks to it: scores of traces and spans by author, comments, items of datasets. */
import type { Score } from '../../../utils/connectors/opik/scores.ts';
import type { HttpReply, HttpRequest } from '../../../utils/connectors/types.ts';
import { aReply } from '../exchange.ts';

interface Item {
  readonly id: string;
  readonly data: { readonly expected_output: string };
}

interface Entity {
  /** By name and author. */
  readonly scores: Map<string, Score>;
  readonly comments: Map<string, string>;
}

export interface FakeOpik {
  readonly entities: Map<string, Entity>;
  readonly items: Map<string, Item>;
  add(id: string): Entity;
  readonly answer: (request: HttpRequest) => HttpReply;
}

export function anOpik(setUp: {
  readonly has?: readonly string[];
  readonly project?: string;
  readonly datasets?: readonly string[];
}): FakeOpik {
  const { has = [], project = 'support-bot', datasets = ['corrections'] } = setUp;
  const entities = new Map<string, Entity>();
  const items = new Map<string, Item>();
  let made = 0;
  const add = (id: string): Entity => {
    const entity: Entity = { scores: new Map(), comments: new Map() };
    entities.set(id, entity);
    return entity;
  };
  for (const id of has) add(id);
  const nothing = aReply({ status: 204, body: '' });
  const absent = aReply({ status: 404, body: { errors: ['Not found'] } });

  const read = (id: string, { scores, comments }: Entity) => ({
    id,
    feedback_scores: [...new Set([...scores.values()].map(({ name }) => name))].map((name) => ({
      name,
      value: 0,
      source: 'sdk',
      value_by_author: Object.fromEntries(
        [...scores.values()].filter((each) => each.name === name).map(({ author, value }) => [author, { value }]),
      ),
    })),
    comments: [...comments].map(([comment, text]) => ({ id: comment, text })),
  });

  const answer = ({ method, url, headers, body }: HttpRequest): HttpReply => {
    if (headers.authorization !== 'token-of-tests')
      return aReply({ status: 401, body: { message: 'API key should be provided' } });
    const [kind, id = '', part, last] = new URL(url).pathname.replace('/opik/api/v1/private/', '').split('/');
    const sent = body === '' ? {} : JSON.parse(body);
    if (kind === 'projects' && id === 'retrieve')
      return sent.name === project ? aReply({ body: { name: project } }) : absent;
    if (kind === 'projects') return aReply({ body: { content: [] } });
    if (kind === 'datasets' && part === undefined) {
      if (!datasets.includes(sent.dataset_name)) return absent;
      for (const item of sent.items) items.set(item.id, item);
      return nothing;
    }
    if (kind === 'datasets') {
      for (const item of sent.item_ids) items.delete(item);
      return nothing;
    }
    if (id === 'feedback-scores' && method === 'PUT') {
      for (const score of sent.scores as Score[]) {
        (entities.get(score.id) ?? add(score.id)).scores.set(`${score.name} ${score.author}`, score);
      }
      return nothing;
    }
    if (id === 'comments') {
      for (const { comments } of entities.values()) {
        if (part === 'delete') for (const each of sent.ids) comments.delete(each);
        else if (part && comments.has(part)) comments.set(part, sent.text);
      }
      return nothing;
    }
    const entity = entities.get(id);
    if (!entity) return absent;
    if (method === 'GET') return aReply({ body: read(id, entity) });
    if (part === 'feedback-scores' && last === 'delete') entity.scores.delete(`${sent.name} ${sent.author}`);
    if (part === 'comments') {
      made += 1;
      entity.comments.set(`comment-${made}`, sent.text);
      return aReply({ status: 201, body: '' });
    }
    return nothing;
  };
  return { entities, items, add, answer };
}
