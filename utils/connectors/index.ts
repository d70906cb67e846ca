/**
 * The registry: one line per connector in each of the two. `abouts` is what people must know, `load` brings the code, so
 * that nobody loads what no destination uses. How to write one: docs/connectors.md.
 */
import { about as argilla } from './argilla/about.ts';
import { about as braintrust } from './braintrust/about.ts';
import { about as countersign } from './countersign/about.ts';
import { about as labelStudio } from './label-studio/about.ts';
import { about as langfuse } from './langfuse/about.ts';
import { about as langsmith } from './langsmith/about.ts';
import { about as mlflow } from './mlflow/about.ts';
import { about as opik } from './opik/about.ts';
import { about as otlp } from './otlp/about.ts';
import { about as phoenix } from './phoenix/about.ts';
import type { Connector, ConnectorAbout, ConnectorId } from './types.ts';
import { about as webhook } from './webhook/about.ts';

export const abouts: Readonly<Record<ConnectorId, ConnectorAbout>> = {
  countersign,
  webhook,
  otlp,
  langfuse,
  mlflow,
  phoenix,
  argilla,
  'label-studio': labelStudio,
  langsmith,
  opik,
  braintrust,
};

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
