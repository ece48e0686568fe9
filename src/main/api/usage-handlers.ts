import { parseMetrics } from '#main/generation/sizing/parse-metrics.ts';
import type { HandlersOf } from './context.ts';

/** Reads figures of use, for the requests and limits of the next run. */
export function usageHandlers(): HandlersOf<'usage'> {
  return { 'usage.read': async ({ text }) => parseMetrics(text) };
}
