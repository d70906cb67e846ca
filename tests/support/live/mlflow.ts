/** A real MLflow with authentication, and its own API. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askTarget } from './api.ts';
import type { LiveServer, Start } from './server.ts';

export const mlflowToken = 'admin:password-of-live-tests';

export const startOfMlflow: Start = {
  program: 'mlflow',
  args: ({ port, folder }) => [
    'server',
    ...['--app-name', 'basic-auth', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
    ...['--backend-store-uri', `sqlite:///${folder}/mlflow.db`, '--artifacts-destination', `${folder}/artifacts`],
  ],
  prepare: ({ folder }) =>
    writeFile(
      join(folder, 'auth.ini'),
      [
        '[mlflow]',
        'default_permission = READ',
        `database_uri = sqlite:///${folder}/auth.db`,
        'admin_username = admin',
        'authorization_function = mlflow.server.auth:authenticate_request_basic_auth',
        // Else each request costs a slow hash of the password.
        'auth_cache_ttl_seconds = 600',
      ].join('\n'),
    ),
  env: ({ folder }) => ({
    MLFLOW_AUTH_CONFIG_PATH: join(folder, 'auth.ini'),
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
    MLFLOW_AUTH_ADMIN_PASSWORD: mlflowToken.split(':')[1] ?? '',
    MLFLOW_FLASK_SERVER_SECRET_KEY: 'secret-of-live-tests',
    MLFLOW_DISABLE_TELEMETRY: 'true',
  }),
  ready: '/health',
};

/** What stands at a trace. */
interface Assessment {
  readonly assessment_name: string;
  readonly source: unknown;
  readonly span_id?: string;
  readonly feedback?: { readonly value: unknown };
  readonly expectation?: { readonly value: unknown };
  readonly rationale?: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly create_time: string;
  readonly valid?: boolean;
}

interface TraceInfo {
  readonly assessments?: readonly Assessment[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** MLflow as somebody uses it who has nothing to do with the product. */
export function mlflowApi(server: () => LiveServer) {
  const headers = { authorization: `Basic ${btoa(mlflowToken)}` };
  const api = (path: string, method = 'GET', body?: unknown) =>
    askTarget(`${server().url}/api/${path}`, { method, headers, body });
  return {
    api,
    async newExperiment(name: string): Promise<string> {
      const made = (await api('2.0/mlflow/experiments/create', 'POST', { name })) as { experiment_id: string };
      return made.experiment_id;
    },
    /** `id`: 32 hex digits, as OpenTelemetry has it. */
    async newTrace(experiment: string, id: string): Promise<void> {
      const trace_location = { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: experiment } };
      const trace_info = { trace_id: `tr-${id}`, trace_location, request_time: new Date().toISOString(), state: 'OK' };
      await api('3.0/mlflow/traces', 'POST', { trace: { trace_info } });
    },
    async infoOf(id: string): Promise<TraceInfo> {
      const { trace } = (await api(`3.0/mlflow/traces/tr-${id}`)) as { trace: { trace_info: TraceInfo } };
      return trace.trace_info;
    },
  };
}
