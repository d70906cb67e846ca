/** The registry: one line per connector. A new one also gets a section in docs/wire-format.md and its tests. */
import { countersign } from './countersign/connector.ts';
import type { Connector, ConnectorId } from './types.ts';
import { webhook } from './webhook/connector.ts';

export const connectors: Readonly<Record<ConnectorId, Connector>> = { countersign, webhook };
