import { createHash } from 'node:crypto';
import type { Memories } from '#main/memory/memories.ts';
import type { LoopCycle } from '#shared/loops.ts';

/** What insights are kept in. */
export type InsightMemory = Pick<Memories, 'query' | 'storeMany'>;

/**
 * Keeps the insights of a cycle as episodic memories that name the loop and the cycle. One that was
 * kept before counts as recalled, which keeps it longer, and is not kept twice; so a cycle that is
 * told again adds nothing. How many are new.
 */
export async function rememberInsights(
  memory: InsightMemory,
  cycle: LoopCycle,
  signal: AbortSignal,
): Promise<number> {
  const { id, loop, output } = cycle;
  const fresh = new Map<string, string>();
  for (const text of new Set(output?.insights ?? [])) {
    const tag = tagOf(cycle, text);
    const { memories } = await memory.query({ types: ['insight'], tags: [tag], limit: 1 }, signal);
    if (memories.length === 0) fresh.set(tag, text);
  }
  const given = [...fresh].map(([tag, text]) => ({
    ...{ tier: 'episodic' as const, type: 'insight', text, importance: 0.6 },
    ...{ tags: [`loop:${loop}`, tag], metadata: { loop, cycle: id } },
    ...{ source: 'loop', ref: `${loop}/${id}` },
  }));
  if (given.length > 0) await memory.storeMany(given, signal);
  return given.length;
}

/** Names one sentence of one loop. */
function tagOf({ loop }: LoopCycle, text: string): string {
  const words = text.normalize('NFC').trim().replace(/\s+/g, ' ');
  const digest = createHash('sha256').update(`${loop}\n${words}`).digest('hex');
  return `insight:${digest.slice(0, 32)}`;
}
