/**
 * A small Argilla 2, as its server reads requests (argilla-io/argilla, argilla-server/src/argilla_server: api/schemas/v1,
 * validators, bulk): what it refuses there, it refuses here, with the same status and the same kind of words.
 */
import type { HttpReply, HttpRequest } from '../../../utils/connectors/types.ts';
import { aReply } from '../exchange.ts';

interface QuestionSettings {
  readonly type: string;
  readonly field?: string;
  readonly options?: readonly { readonly value: string | number }[];
  readonly allow_overlapping?: boolean;
}
export interface ArgillaQuestion {
  readonly name: string;
  readonly required: boolean;
  readonly settings: QuestionSettings;
}
interface ArgillaField {
  readonly name: string;
  readonly required: boolean;
  readonly settings: { readonly type: string };
}
export interface ArgillaRecord {
  readonly id: string;
  readonly external_id: string;
  fields: Readonly<Record<string, unknown>>;
  metadata: Readonly<Record<string, unknown>>;
  response: { readonly status: string; readonly values: Readonly<Record<string, { readonly value: unknown }>> } | null;
}

const option = (...values: readonly (string | number)[]) => values.map((value) => ({ value }));

/** A dataset that asks for every part of a review. */
export const wholeQuestions: readonly ArgillaQuestion[] = [
  {
    name: 'verdict',
    required: true,
    settings: { type: 'label_selection', options: option('approve', 'correct', 'reject', 'unsure') },
  },
  { name: 'labels', required: false, settings: { type: 'multi_label_selection', options: option('wrong', 'tone') } },
  { name: 'quality', required: false, settings: { type: 'rating', options: option(1, 2, 3, 4, 5) } },
  {
    name: 'findings',
    required: false,
    settings: { type: 'span', field: 'response', options: option('wrong', 'tone') },
  },
  { name: 'correction', required: false, settings: { type: 'text' } },
  { name: 'comment', required: false, settings: { type: 'text' } },
  { name: 'preference', required: false, settings: { type: 'ranking', options: option('a', 'b') } },
];

const text = (name: string, required = true): ArgillaField => ({ name, required, settings: { type: 'text' } });

const datasetId = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

/** What is wrong with a value; null where nothing is. `field`: the text that spans are in. */
function complaint({ settings }: ArgillaQuestion, value: unknown, field: unknown): string | null {
  const options = (settings.options ?? []).map((each) => each.value);
  const list = Array.isArray(value) ? value : [];
  switch (settings.type) {
    case 'text':
      return typeof value === 'string' ? null : 'text question expects a text value';
    case 'label_selection':
      return options.includes(value as string) ? null : `'${value}' is not a valid label`;
    case 'rating':
      return Number.isInteger(value) && options.includes(value as number) ? null : `${value} is not a valid rating`;
    case 'multi_label_selection':
      if (list.length === 0) return 'found empty list';
      if (new Set(list).size !== list.length) return 'duplicates were found';
      return list.every((each) => options.includes(each)) ? null : 'not valid labels';
    case 'ranking': {
      if (list.length !== options.length) return `expects a list containing ${options.length} values`;
      if (list.some(({ rank }) => !(rank >= 1 && rank <= options.length))) return 'not valid ranks';
      return new Set(list.map((each) => each.value)).size === list.length &&
        list.every((each) => options.includes(each.value))
        ? null
        : 'not valid values';
    }
    case 'span': {
      if (!Array.isArray(value)) return 'span question expects a list of values';
      // The server is a Python program: it counts code points.
      const length = [...String(field)].length;
      for (const [at, { label, start, end }] of list.entries()) {
        if (!(start >= 0 && end > start && end <= length)) return `end must be lower or equal than length ${length}`;
        if (!options.includes(label)) return `undefined label '${label}' for span question`;
        if (settings.allow_overlapping) continue;
        if (list.some((other, index) => index !== at && start < other.end && other.start < end))
          return 'overlapping values found';
      }
      return null;
    }
    default:
      return 'unknown question type';
  }
}

/** A server with one dataset. `records` is what it holds, by external id. */
export class Argilla {
  readonly records = new Map<string, ArgillaRecord>();
  readonly requests: HttpRequest[] = [];
  dataset: { name: string; status: string; allow_extra_metadata: boolean } | null = {
    name: 'Reviews',
    status: 'ready',
    allow_extra_metadata: true,
  };
  questions: readonly ArgillaQuestion[] = wholeQuestions;
  fields: readonly ArgillaField[] = [text('response'), text('prompt', false)];
  /** Whether the owner of the key is an owner or an admin. */
  mayWrite = true;
  /** Newer servers change the fields of a record that is there. */
  updatesFields = false;
  #ids = 0;

  /** Answers as the server would; for `converse`. */
  readonly answer = (request: HttpRequest): HttpReply => {
    this.requests.push(request);
    const { pathname, searchParams } = new URL(request.url);
    const { method } = request;
    const body = request.body === '' ? null : JSON.parse(request.body);
    const refuse = (status: number, detail: string) => aReply({ status, body: { detail } });
    if (request.headers['x-argilla-api-key'] !== 'token-of-tests') return refuse(401, 'Could not validate credentials');
    if (method === 'POST' && pathname === '/api/v1/me/responses/bulk') return this.#respond(body.items);
    const base = `/api/v1/datasets/${datasetId}`;
    if (!this.dataset || !pathname.startsWith(base))
      return refuse(404, `Dataset with id \`${pathname.split('/')[4]}\` not found`);
    switch (`${method} ${pathname.slice(base.length)}`) {
      case 'GET ':
        return aReply({ body: { id: datasetId, ...this.dataset } });
      case 'GET /fields':
        return aReply({ body: { items: this.fields } });
      case 'GET /questions':
        return aReply({ body: { items: this.questions } });
      case 'PUT /records/bulk':
        return this.mayWrite ? this.#upsert(body.items) : refuse(403, 'Operation not allowed');
      case 'DELETE /records': {
        const ids = searchParams.get('ids')?.split(',');
        for (const [name, { id }] of this.records) if (ids?.includes(id)) this.records.delete(name);
        return aReply({ status: 204, body: '' });
      }
      default:
        return refuse(404, 'Not Found');
    }
  };

  #upsert([item]: readonly Partial<ArgillaRecord>[]): HttpReply {
    const refuse = (why: string) =>
      aReply({ status: 422, body: { detail: `Record at position 0 is not valid because ${why}` } });
    const { external_id = '', fields, metadata } = item ?? {};
    const before = this.records.get(external_id);
    if (!before) {
      if (!fields || Object.keys(fields).length === 0) return refuse('fields cannot be empty');
      for (const { name, required } of this.fields) {
        if (required && typeof fields[name] !== 'string') return refuse(`missing required value for field: '${name}'`);
      }
      const extra = Object.keys(fields).filter((name) => !this.fields.some((field) => field.name === name));
      if (extra.length > 0) return refuse(`found fields values for non configured fields: ${extra}`);
    }
    this.#ids += 1;
    const id = `00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`;
    const record: ArgillaRecord = before ?? { id, external_id, fields: fields ?? {}, metadata: {}, response: null };
    if (before && fields && this.updatesFields) record.fields = fields;
    if (metadata) record.metadata = metadata;
    this.records.set(external_id, record);
    const { response: _, ...told } = record;
    return aReply({ body: { items: [told], updated_item_ids: before ? [record.id] : [] } });
  }

  #respond(
    items: readonly { record_id: string; status: string; values: Record<string, { value: unknown }> }[],
  ): HttpReply {
    const [{ record_id, status, values } = { record_id: '', status: '', values: {} }] = items;
    const told = (detail: string) => aReply({ body: { items: [{ item: null, error: { detail } }] } });
    const record = [...this.records.values()].find(({ id }) => id === record_id);
    if (!record) return told(`Record with id \`${record_id}\` not found`);
    if (status === 'submitted') {
      if (Object.keys(values).length === 0) return told('missing response values for submitted response');
      const missing = this.questions.find(({ name, required }) => required && !values[name]);
      if (missing) return told(`missing response value for required question with name='${missing.name}'`);
    }
    for (const [name, { value }] of Object.entries(values)) {
      const question = this.questions.find((each) => each.name === name);
      if (!question) return told(`found response value for non configured question with name='${name}'`);
      const wrong = complaint(question, value, record.fields[question.settings.field ?? '']);
      if (wrong) return told(wrong);
    }
    record.response = { status, values };
    return aReply({ body: { items: [{ item: { id: 'r', record_id, status, values }, error: null }] } });
  }
}
