/**
 * A small Label Studio, as the real one answered (1.23.2; tests/live/label-studio.test.ts asks it the same): each task that
 * is given is a new one, an annotation's `unique_id` is taken once, and texts that a task must have are asked for.
 */
import type { HttpReply, HttpRequest } from '../../../utils/connectors/types.ts';
import { aReply } from '../exchange.ts';
import { wholeLabeling } from '../labeling.ts';

interface Annotation {
  readonly id: number;
  readonly unique_id: string;
  result: readonly Readonly<Record<string, unknown>>[];
  lead_time: number;
}
interface Task {
  readonly id: number;
  data: Readonly<Record<string, unknown>>;
  meta: Readonly<Record<string, unknown>>;
  readonly annotations: Annotation[];
}

/** A JSON Web Token that is there to be exchanged for another. */
export const personalToken = ['{"alg":"HS256"}', '{"token_type":"refresh"}', 'signed']
  .map((part) => btoa(part).replace(/=+$/, ''))
  .join('.');

/** A server with the project 7. */
export class LabelStudio {
  readonly requests: HttpRequest[] = [];
  readonly tasks: Task[] = [];
  project: { readonly title: string; readonly label_config: string | null } | null = {
    title: 'Reviews',
    label_config: wholeLabeling,
  };
  /** What a request must have as `authorization`. */
  authorization = 'Token token-of-tests';
  /** Whether the filter of the list of tasks works. */
  filters = true;
  #ids = 0;

  /** Answers as the server would; for `converse`. */
  readonly answer = (request: HttpRequest): HttpReply => {
    this.requests.push(request);
    const { pathname, searchParams } = new URL(request.url);
    const body = request.body === '' ? null : JSON.parse(request.body);
    const refuse = (status: number, detail: string, validation_errors?: object) =>
      aReply({ status, body: { status_code: status, detail, validation_errors } });
    if (pathname === '/api/token/refresh/') {
      return body.refresh === personalToken ? aReply({ body: { access: 'a.b.c' } }) : refuse(401, 'Token is invalid');
    }
    if (request.headers.authorization !== this.authorization) return refuse(401, 'Invalid token.');
    const [, , kind = '', id = '', under = ''] = pathname.split('/');
    switch (`${request.method} ${kind}${under === '' ? '' : ` ${under}`}`) {
      case 'GET projects':
        return this.project && id === '7' ? aReply({ body: { id: 7, ...this.project } }) : refuse(404, 'Not found.');
      case 'GET tasks': {
        if (!this.project || searchParams.get('project') !== '7') return refuse(404, 'Not found.');
        const { filters } = JSON.parse(searchParams.get('query') ?? '{}');
        const [{ filter, value }] = filters.items;
        const name = String(filter).replace('filter:tasks:data.', '');
        const tasks = this.tasks.filter(({ data }) => !this.filters || data[name] === value);
        return aReply({ body: { tasks: tasks.map(({ annotations: _, ...task }) => task), total: tasks.length } });
      }
      case 'POST tasks':
        return this.#writeTask(null, body);
      case 'PATCH tasks':
        return this.#writeTask(Number(id), body);
      case 'DELETE tasks': {
        const at = this.tasks.findIndex((task) => task.id === Number(id));
        if (at === -1) return refuse(404, 'Not found.');
        this.tasks.splice(at, 1);
        return aReply({ status: 204, body: '' });
      }
      case 'GET tasks annotations':
        return aReply({ body: this.#task(id)?.annotations.map(({ unique_id: _, ...told }) => told) ?? [] });
      case 'POST tasks annotations': {
        const task = this.#task(id);
        if (!task) return refuse(404, 'Not found.');
        const taken = this.tasks.some(({ annotations }) =>
          annotations.some((each) => each.unique_id === body.unique_id),
        );
        if (taken) return refuse(409, 'Annotation with this unique id already exists');
        this.#ids += 1;
        task.annotations.push({ id: this.#ids, ...body });
        return aReply({ status: 201, body: { id: this.#ids } });
      }
      case 'PATCH annotations': {
        const annotation = this.tasks.flatMap(({ annotations }) => annotations).find((each) => each.id === Number(id));
        if (!annotation) return refuse(404, 'Not found.');
        Object.assign(annotation, body);
        return aReply({ body: { id: annotation.id } });
      }
      default:
        return refuse(404, 'Not found.');
    }
  };

  #task = (id: string) => this.tasks.find((task) => task.id === Number(id));

  #writeTask(id: number | null, { data, meta }: Pick<Task, 'data' | 'meta'>): HttpReply {
    for (const [, variable = ''] of (this.project?.label_config ?? '').matchAll(/name="\w+" value="\$(\w+)"/g)) {
      if (Object.hasOwn(data, variable)) continue;
      const validation_errors = { non_field_errors: [`"${variable}" key is expected in task data`] };
      return aReply({ status: 400, body: { status_code: 400, detail: 'Validation error', validation_errors } });
    }
    const task = id === null ? null : this.#task(String(id));
    if (task) Object.assign(task, { data, meta });
    if (task) return aReply({ body: { id: task.id } });
    if (id !== null) return aReply({ status: 404, body: { detail: 'Not found.' } });
    this.#ids += 1;
    this.tasks.push({ id: this.#ids, data, meta, annotations: [] });
    return aReply({ status: 201, body: { id: this.#ids } });
  }
}
