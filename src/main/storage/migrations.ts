import { agentdbTables } from './migrations/agentdb-tables.ts';
import { appTables } from './migrations/app-tables.ts';
import { chunkColumn } from './migrations/chunk-column.ts';
import { engineColumns } from './migrations/engine-columns.ts';
import { eventTables } from './migrations/event-tables.ts';
import { intelligenceTables } from './migrations/intelligence-tables.ts';
import { jobTimeColumn } from './migrations/job-time-column.ts';
import { lessonTables } from './migrations/lesson-tables.ts';
import { loopTables } from './migrations/loop-tables.ts';
import { memoryTables } from './migrations/memory-tables.ts';
import { priceTables } from './migrations/price-tables.ts';
import { responseNotes } from './migrations/response-notes.ts';
import { responseTables } from './migrations/response-tables.ts';
import { telemetryTables } from './migrations/telemetry-tables.ts';
import { vectorTables } from './migrations/vector-tables.ts';

/** Each step of the store's schema, in order; a step that has shipped is never edited. */
export const migrations: readonly string[] = [
  appTables,
  // Settings live in the configuration file.
  'DROP TABLE settings;',
  vectorTables,
  memoryTables,
  eventTables,
  telemetryTables,
  agentdbTables,
  lessonTables,
  engineColumns,
  responseTables,
  priceTables,
  responseNotes,
  jobTimeColumn,
  chunkColumn,
  loopTables,
  intelligenceTables,
];
