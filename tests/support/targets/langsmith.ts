/** LangSmith as far as a connector talks to it: feedback under ids, each once, on runs that it has. */
import type { Feedback } from '../../../utils/connectors/langsmith/feedback.ts';
import type { HttpReply, HttpRequest } from '../../../utils/connectors/types.ts';
import { aReply } from '../exchange.ts';

export interface FakeLangSmith {
  readonly runs: Set<string>;
  readonly feedback: Map<string, Feedback>;
  readonly answer: (request: HttpRequest) => HttpReply;
}

export function aLangSmith(setUp: {
  readonly project: string;
  readonly runs?: readonly string[];
  readonly key?: string;
}): FakeLangSmith {
  const { project, key = 'token-of-tests' } = setUp;
  const runs = new Set(setUp.runs);
  const feedback = new Map<string, Feedback>();
  const absent = (what: string) => aReply({ status: 404, body: { detail: `${what} not found` } });
  const answer = ({ method, url, headers, body }: HttpRequest): HttpReply => {
    const { pathname, searchParams } = new URL(url);
    const [, kind = '', id = ''] = pathname.replace('/api/v1', '').split('/');
    if (headers['x-api-key'] !== key) return aReply({ status: 403, body: { detail: 'Forbidden' } });
    if (kind === 'sessions') return id === project ? aReply({ body: { id, name: 'bot' } }) : absent('Session');
    if (kind !== 'feedback') return aReply({ status: 404, body: { detail: 'Not Found' } });
    if (method === 'POST') {
      const made = JSON.parse(body) as Feedback;
      if (made.session_id !== project || !runs.has(made.run_id)) return absent('Run');
      if (feedback.has(made.id)) return aReply({ status: 409, body: { detail: 'Conflict' } });
      feedback.set(made.id, made);
      return aReply({ body: made });
    }
    if (method === 'GET' && id === '') {
      const [run, limit, offset] = ['run', 'limit', 'offset'].map((name) => searchParams.get(name));
      const theirs = [...feedback.values()].filter((each) => each.run_id === run);
      return aReply({ body: theirs.slice(Number(offset), Number(offset) + Number(limit)) });
    }
    const stored = feedback.get(id);
    if (!stored) return absent('Feedback');
    if (method === 'DELETE') feedback.delete(id);
    if (method === 'PATCH') feedback.set(id, { ...stored, ...JSON.parse(body) });
    return aReply({ body: method === 'DELETE' ? {} : feedback.get(id) });
  };
  return { runs, feedback, answer };
}
