/** What people must know of each connector: data for forms and tables, in the order in which a form offers them. */
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
import type { ConnectorAbout, ConnectorId } from './types.ts';
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
