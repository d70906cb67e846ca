/** A small MLflow, which answers as version 3.17 was seen to do in tests/live/mlflow.test.ts. */
import type { HttpReply, HttpRequest } from '../../../utils/connectors/types.ts';
import { aReply } from '../exchange.ts';

type Body = Readonly<Record<string, unknown>>;
interface MlflowAssessment extends Body {
  readonly assessment_id: string;
  readonly assessment_name: string;
  readonly metadata: Readonly<Record<string, string>>;
}
interface MlflowTrace {
  readonly experiment: string;
  readonly tags: Record<string, string>;
  assessments: MlflowAssessment[];
}

const gone = (message: string) => aReply({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message } });

export class Mlflow {
  experiments = new Map([['0', 'active']]);
  traces = new Map<string, MlflowTrace>();
  #made = 0;

  constructor(...traces: readonly string[]) {
    for (const id of traces) this.traces.set(id, { experiment: '0', tags: {}, assessments: [] });
  }

  readonly answer = ({ method, url, body }: HttpRequest): HttpReply => {
    const { pathname, searchParams } = new URL(url);
    const sent = (body === '' ? {} : JSON.parse(body)) as Body;
    if (pathname === '/api/2.0/mlflow/experiments/get') {
      const stage = this.experiments.get(searchParams.get('experiment_id') ?? '');
      return stage ? aReply({ body: { experiment: { lifecycle_stage: stage } } }) : gone('No Experiment');
    }
    if (pathname === '/api/3.0/mlflow/traces/search') return this.#search(sent);
    const [, id = '', what, one = ''] =
      /^\/api\/3\.0\/mlflow\/traces\/([^/]+)(?:\/(\w+)(?:\/([^/]+))?)?$/.exec(pathname) ?? [];
    const trace = this.traces.get(id);
    if (!trace) return gone(`Trace with ID '${id}' is not found.`);
    if (what === undefined) return aReply({ body: { trace: { trace_info: this.#info(id, trace) } } });
    return what === 'tags' ? this.#tag(trace, method, sent) : this.#assess(trace, method, one, sent);
  };

  #info(id: string, { experiment, tags, assessments }: MlflowTrace): Body {
    const trace_location = { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: experiment } };
    return { trace_id: id, trace_location, tags, ...(assessments.length > 0 ? { assessments } : {}) };
  }

  #search({ locations, filter }: Body): HttpReply {
    const [, tag = ''] = /^tags\.`([^`]+)` LIKE '%'$/.exec(String(filter)) ?? [];
    const places = (locations as { mlflow_experiment: { experiment_id: string } }[]).map(
      (each) => each.mlflow_experiment.experiment_id,
    );
    const found = [...this.traces].filter(([, { tags, experiment }]) => tag in tags && places.includes(experiment));
    return aReply({ body: found.length > 0 ? { traces: found.map(([id, trace]) => this.#info(id, trace)) } : {} });
  }

  #tag({ tags }: MlflowTrace, method: string, { key, value }: Body): HttpReply {
    if (method === 'DELETE') delete tags[String(key)];
    else tags[String(key)] = String(value);
    return aReply();
  }

  #assess(trace: MlflowTrace, method: string, id: string, { assessment, update_mask }: Body): HttpReply {
    const at = trace.assessments.findIndex((each) => each.assessment_id === id);
    if (method === 'DELETE') {
      if (at >= 0) trace.assessments.splice(at, 1);
      return aReply();
    }
    const said = assessment as MlflowAssessment;
    if (said.assessment_name.includes('.')) {
      return aReply({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message: 'No "." in names' } });
    }
    if (method === 'POST') {
      this.#made += 1;
      const made = { ...said, assessment_id: `a-${this.#made}` };
      trace.assessments.push(made);
      return aReply({ body: { assessment: made } });
    }
    const old = trace.assessments[at];
    if (!old) return gone(`Assessment with ID '${id}' not found`);
    const named = Object.fromEntries(
      String(update_mask)
        .split(',')
        .map((name) => [name, said[name]]),
    );
    // New metadata are added to old.
    const made = { ...old, ...named, metadata: { ...old.metadata, ...said.metadata } };
    trace.assessments[at] = made;
    return aReply({ body: { assessment: made } });
  }
}
