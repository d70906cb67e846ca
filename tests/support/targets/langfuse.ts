/** Langfuse as far as a connector talks to it: it takes scores at once and stores them later, or drops them without a word. */
import type { Score, ScoreConfig } from '../../../utils/connectors/langfuse/scores.ts';
import type { HttpReply, HttpRequest } from '../../../utils/connectors/types.ts';
import { aReply } from '../exchange.ts';

interface Item {
  readonly id: string;
  readonly datasetName: string;
  readonly expectedOutput: string;
}

export interface FakeLangfuse {
  readonly scores: Map<string, Score>;
  readonly items: Map<string, Item>;
  /** What was accepted and is not stored yet. */
  readonly waiting: Score[];
  /** Stores what is waiting, but for what does not fit. */
  settle(): void;
  readonly answer: (request: HttpRequest) => HttpReply;
}

/** What Langfuse's worker holds against a score; as in its `validateAndInflateScore`. */
function fits(score: Score, configs: readonly ScoreConfig[]): boolean {
  const { value, dataType, configId } = score;
  const number = typeof value === 'number';
  if (dataType === 'BOOLEAN' && value !== 0 && value !== 1) return false;
  if (number !== (dataType === 'NUMERIC' || dataType === 'BOOLEAN')) return false;
  if (dataType === 'TEXT' && (value === '' || String(value).length > 500)) return false;
  if (configId === undefined) return true;
  const config = configs.find(({ id }) => id === configId);
  if (!config || config.isArchived || config.dataType !== dataType || config.name !== score.name) return false;
  if (config.dataType === 'CATEGORICAL') return (config.categories ?? []).some(({ label }) => label === value);
  if (config.dataType !== 'NUMERIC') return true;
  return Number(value) >= (config.minValue ?? -Infinity) && Number(value) <= (config.maxValue ?? Infinity);
}

const AT = '2026-11-21T08:00:00.000Z';

export function aLangfuse(
  setUp: {
    readonly configs?: readonly ScoreConfig[];
    readonly datasets?: readonly string[];
    /** Whether what is posted is stored only by `settle`. */
    readonly lags?: boolean;
    /** Before version 4: scores are read at `v2`. */
    readonly old?: boolean;
  } = {},
): FakeLangfuse {
  const { configs = [], datasets = [], lags = false, old = false } = setUp;
  const scores = new Map<string, Score>();
  const items = new Map<string, Item>();
  const waiting: Score[] = [];
  const settle = () => {
    for (const score of waiting.splice(0)) if (fits(score, configs)) scores.set(score.id, score);
  };
  const missing = aReply({ status: 404, body: { message: 'Not found', error: 'LangfuseNotFoundError' } });

  const read = (params: URLSearchParams) => {
    const [trace, id] = [params.get('traceId'), params.get(old ? 'scoreIds' : 'id')];
    const found = [...scores.values()].filter((score) => score.traceId === trace || score.id === id);
    const both = { projectId: 'p', source: 'API', timestamp: AT, createdAt: AT, updatedAt: AT, authorUserId: null };
    const data = found.map(({ traceId, observationId, environment = 'default', value, ...score }) => {
      const on = observationId ? { kind: 'observation', id: observationId, traceId } : { kind: 'trace', id: traceId };
      if (old) return { ...both, ...score, traceId, environment, value: 0, stringValue: String(value) };
      return {
        ...{ ...both, ...score, subject: on, environment },
        value: score.dataType === 'BOOLEAN' ? value === 1 : value,
      };
    });
    return aReply({
      body: { data, meta: old ? { page: 1, limit: 100, totalItems: data.length, totalPages: 1 } : { limit: 100 } },
    });
  };

  const answer = ({ method, url, headers, body }: HttpRequest): HttpReply => {
    const { pathname, searchParams } = new URL(url);
    const path = pathname.replace('/api/public/', '');
    const both = headers.authorization === `Basic ${btoa('pk-lf-1:sk-lf-1')}`;
    if (!both && headers.authorization !== 'Bearer pk-lf-1') {
      return aReply({ status: 401, body: { message: 'Invalid credentials' } });
    }
    if (!both && !(method === 'POST' && path === 'scores')) {
      return aReply({ status: 403, body: { message: 'Access denied - need to use basic auth with secret key' } });
    }
    if (method === 'POST' && path === 'scores') {
      const score = JSON.parse(body) as Score;
      if (!score.name) return aReply({ status: 400, body: { message: 'Invalid request data', error: [] } });
      waiting.push(score);
      if (!lags) settle();
      return aReply({ body: { id: score.id } });
    }
    if (method === 'DELETE' && path.startsWith('scores/')) {
      scores.delete(decodeURIComponent(path.slice('scores/'.length)));
      return aReply({ status: 202, body: { message: 'Score deletion queued successfully' } });
    }
    if (path === 'score-configs') {
      const meta = { page: 1, limit: 100, totalItems: configs.length, totalPages: configs.length > 0 ? 1 : 0 };
      return aReply({ body: { data: configs, meta } });
    }
    if (path === (old ? 'v2/scores' : 'v3/scores')) return read(searchParams);
    if (method === 'POST' && path === 'dataset-items') {
      const item = JSON.parse(body) as Item;
      if (!datasets.includes(item.datasetName)) return missing;
      items.set(item.id, item);
      return aReply({ body: item });
    }
    if (method === 'DELETE' && path.startsWith('dataset-items/')) {
      return items.delete(path.slice('dataset-items/'.length)) ? aReply({ body: {} }) : missing;
    }
    return aReply({ status: 404, headers: { 'content-type': 'text/html' }, body: '<html>404</html>' });
  };
  return { scores, items, waiting, settle, answer };
}
