import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ConsolidationReport } from '#shared/memory.ts';

const dayMs = 86_400_000;

/** What a consolidation costs the process that runs it. */
export type ConsolidationFigures = {
  /** Longest that the event loop was held meanwhile, and as long a wait without. */
  readonly maxStallMs: number;
  readonly idleMaxStallMs: number;
  readonly seconds: number;
  readonly report: ConsolidationReport;
  /** A second run at the same time must find nothing to do. */
  readonly again: ConsolidationReport;
};

/** Where the memories are, and how far the clock of who puts them in order is ahead. */
export type ConsolidationSetup = {
  readonly folder: string;
  readonly dimensions: number;
  readonly aheadMs: number;
};

/**
 * Twenty days later: what matters moves up, the rest fades, all are compared with their neighbours.
 * In a process of its own, which like the app holds none of the texts and vectors of this one.
 */
export async function consolidationPart(
  folder: string,
  dimensions: number,
): Promise<ConsolidationFigures> {
  const setup: ConsolidationSetup = { folder, dimensions, aheadMs: 20 * dayMs };
  const entry = join(import.meta.dirname, 'memory-consolidation-child.ts');
  const child = fork(entry, [JSON.stringify(setup)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let figures: ConsolidationFigures | null = null;
  child.on('message', (message: ConsolidationFigures) => {
    figures = message;
  });
  const [code] = await once(child, 'close');
  if (!figures) throw new Error(`The process that consolidates ended without figures (${code}).`);
  return figures;
}
