import { z } from 'zod';
import {
  type Comparison,
  compareInputSchema,
  domainNames,
  type Intelligence,
  intelligenceSpecSchema,
  type TrialRecord,
} from './intelligence.ts';

const id = z.string().min(1).max(64);

/** The inputs of the contract's routes on intelligences. */
export const intelligenceRouteInputs = {
  'intelligence.create': intelligenceSpecSchema,
  'intelligence.list': z
    .object({
      domain: z.enum(domainNames).nullable().default(null),
      limit: z.int().min(1).max(1_000).default(50),
    })
    .strict(),
  'intelligence.show': z.object({ id }).strict(),
  'intelligence.apply': z.object({ id }).strict(),
  'intelligence.rollback': z.object({ id }).strict(),
  'intelligence.compare': compareInputSchema,
  'intelligence.cancel': z.object({ id }).strict(),
} as const;

/** What those routes answer. */
export type IntelligenceRouteOutputs = {
  'intelligence.create': Intelligence;
  /** The newest first. */
  'intelligence.list': readonly Intelligence[];
  'intelligence.show': {
    readonly intelligence: Intelligence;
    readonly trials: readonly TrialRecord[];
  };
  'intelligence.apply': Intelligence;
  'intelligence.rollback': Intelligence;
  'intelligence.compare': Comparison;
  /** Whether it was being searched. */
  'intelligence.cancel': boolean;
};
