import { z } from 'zod';
import type { CycleInput } from '#shared/loops.ts';
import { type ModelProvider, modelProviders } from '#shared/providers.ts';

const strain = z.object({ provider: z.enum(modelProviders), side: z.enum(['upper', 'lower']) });
const pattern = z.object({ provider: z.enum(modelProviders), count: z.int().min(1) });

/** A bound that alone held a limit, as the reflexive loop hands it over. */
export type Strain = z.infer<typeof strain>;

/**
 * What faster loops hand over in a cycle's input: strains of bounds, and providers of which jobs
 * failed again and again. What is none is left out: anyone may run a cycle.
 */
export function handedOver({ data }: CycleInput): {
  readonly strains: readonly Strain[];
  readonly patterns: ReadonlySet<ModelProvider>;
} {
  const strains = z.array(strain).max(100).safeParse(data.strains).data ?? [];
  const patterns = z.array(pattern).max(100).safeParse(data.patterns).data ?? [];
  return { strains, patterns: new Set(patterns.map(({ provider }) => provider)) };
}

/** Whether a faster loop handed something over. */
export function isHandedOver({ data }: CycleInput): boolean {
  return data.strains !== undefined || data.patterns !== undefined;
}
