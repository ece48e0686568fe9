import { z } from 'zod';

/** Whether the app learns from decisions. */
export const learningSettings = z.object({
  enabled: z
    .boolean()
    .default(true)
    .describe(
      'Learns from what you accept, edit and reject, and uses it for the next proposals; off does neither and keeps what was learned.',
    ),
  policies: z
    .boolean()
    .default(true)
    .describe(
      'Follows policies: changes that you made in several services of several projects, made wherever they fit.',
    ),
});
