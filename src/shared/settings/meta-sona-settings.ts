import { z } from 'zod';

/** How settings that are better by measurement are searched for. */
export const metaSonaSettings = z.object({
  mctsIterations: z
    .int()
    .min(1)
    .max(10_000)
    .default(200)
    .describe('Look-aheads of the tree search before each choice.'),
  ppoLearningRate: z
    .number()
    .min(0.000_001)
    .max(0.5)
    .default(0.01)
    .describe('Step of the policy that learns the continuous settings.'),
  evolutionEnabled: z
    .boolean()
    .default(true)
    .describe('Breeds settings from the best that were found.'),
});
/** See {@link metaSonaSettings}. */
export type MetaSonaSettings = z.infer<typeof metaSonaSettings>;
