import { z } from 'zod';

/** How vectors of agents are kept and found. */
export const agentdbSettings = z.object({
  dimension: z
    .int()
    .min(1)
    .max(8192)
    .default(384)
    .describe('Numbers of a vector in a collection that is made without saying how many.'),
  hnswM: z
    .int()
    .min(0)
    .max(128)
    .default(0)
    .describe('Links of each vector in a graph index, 4 at least; 0 leaves each engine its own.'),
  hnswEf: z
    .int()
    .min(0)
    .max(4096)
    .default(0)
    .describe('Vectors that a graph search looks at; 0 measures how many are needed.'),
  ivfProbes: z
    .int()
    .min(0)
    .max(4096)
    .default(0)
    .describe(
      'Lists that a search of an inverted file looks through; 0 measures how many are needed.',
    ),
  quantisation: z
    .enum(['auto', 'bf16', 'f16', 'f32'])
    .default('auto')
    .describe('How usearch rounds vectors; auto measures which is best.'),
  cacheSize: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(10_000)
    .describe('Texts whose vectors are remembered, so that they are not embedded again.'),
});

/** See {@link agentdbSettings}. */
export type AgentdbSettings = z.infer<typeof agentdbSettings>;
