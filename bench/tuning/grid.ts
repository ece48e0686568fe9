import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import envPaths from 'env-paths';
import type { Point } from '#main/meta-sona/space/dimension.ts';
import { mean } from '../statistics.ts';

/** A point of a space with what was measured of it, several times. */
export type Cell = { readonly point: Point; readonly scores: readonly number[] };

/** A whole space, measured. */
export type Grid = {
  readonly cells: readonly Cell[];
  /** When, as ISO 8601. */
  readonly measuredAt: string;
  /** How long it took, in seconds; 0 for one that was kept from before. */
  readonly seconds: number;
};

/** How a grid is come by. */
export type GridOptions = {
  /** A small one is never kept. */
  readonly short: boolean;
  /** Measures it again, though there is one. */
  readonly fresh: boolean;
};

/** The grid of a space, from the cache folder where this machine has measured it before. */
export async function keptGrid(
  name: string,
  { short, fresh }: GridOptions,
  measure: () => Promise<readonly Cell[]>,
): Promise<Grid> {
  const folder = join(envPaths('omega-studio', { suffix: '' }).cache, 'bench');
  const machine = (cpus()[0]?.model ?? '').replace(/\W+/g, '-');
  const file = join(folder, `grid-${name}-${machine}-${cpus().length}.json`);
  const kept = short || fresh ? null : read(file);
  if (kept) return { ...kept, seconds: 0 };
  const began = performance.now();
  const cells = await measure();
  const seconds = Math.round((performance.now() - began) / 1_000);
  const grid = { cells, measuredAt: new Date().toISOString(), seconds };
  mkdirSync(folder, { recursive: true });
  if (!short) writeFileSync(file, JSON.stringify(grid));
  return grid;
}

function read(file: string): Grid | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Grid;
  } catch {
    return null;
  }
}

/** The mean of a cell's scores. */
export function worthOf({ scores }: Cell): number {
  return mean(scores);
}

/** The coefficient of variation of a cell: its spread over its mean. */
export function variationOf({ scores }: Cell): number {
  const middle = mean(scores);
  const square = mean(scores.map((score) => (score - middle) ** 2));
  return middle === 0 ? 0 : Math.sqrt(square) / middle;
}
