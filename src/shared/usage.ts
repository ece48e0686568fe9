import { z } from 'zod';

/** Longest text of figures that a person pastes, in characters: with its escapes it fits a frame. */
export const maxPastedLength = 1_000_000;

/** What a container was measured to take. CPU in thousandths of a core, memory in MiB. */
export const usageSchema = z.object({
  samples: z.int().min(1),
  /** 95th percentiles; null where nothing was measured of it. */
  cpuMilli: z.number().min(0).max(1_000_000).nullable(),
  memoryMi: z.number().min(0).max(100_000_000).nullable(),
  /** 99th percentile, which a limit has to be above. */
  memoryMi99: z.number().min(0).max(100_000_000).nullable(),
});
/** See {@link usageSchema}. */
export type Usage = z.infer<typeof usageSchema>;

/** Usage by the name of the container or pod that it was measured of. */
export const measuredUsageSchema = z
  .record(z.string().min(1).max(253), usageSchema)
  .refine((all) => Object.keys(all).length <= 1_000, 'at most 1,000 names');
/** See {@link measuredUsageSchema}. */
export type MeasuredUsage = z.infer<typeof measuredUsageSchema>;
