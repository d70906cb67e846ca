/**
 * The registry: one line per connector here and in abouts.ts. `load` brings the code, so that nobody loads what no destination
 * uses. How to write one: docs/connectors.md.
 */
import type { Connector, ConnectorId } from './types.ts';

const load: Readonly<Record<ConnectorId, () => Promise<Connector>>> = {
  countersign: async () => (await import('./countersign/countersign.ts')).countersign,
  webhook: async () => (await import('./webhook/webhook.ts')).webhook,
  langfuse: async () => (await import('./langfuse/langfuse.ts')).langfuse,
  otlp: async () => (await import('./otlp/otlp.ts')).otlp,
  langsmith: async () => (await import('./langsmith/langsmith.ts')).langsmith,
  opik: async () => (await import('./opik/opik.ts')).opik,
  mlflow: async () => (await import('./mlflow/mlflow.ts')).mlflow,
  phoenix: async () => (await import('./phoenix/phoenix.ts')).phoenix,
  argilla: async () => (await import('./argilla/argilla.ts')).argilla,
  'label-studio': async () => (await import('./label-studio/label-studio.ts')).labelStudio,
  braintrust: async () => (await import('./braintrust/braintrust.ts')).braintrust,
};

/** The code of a connector. Never ask within a database transaction: loading would end it. */
export const loadConnector = (id: ConnectorId): Promise<Connector> => load[id]();
