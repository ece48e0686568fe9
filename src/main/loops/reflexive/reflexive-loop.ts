import { z } from 'zod';
import type { AdmissionFigures, AdmissionKind } from '#main/providers/gate/admissions.ts';
import type { Admitted } from '#main/providers/gate/admitted.ts';
import type { GateStrain } from '#main/providers/gate/call-gate.ts';
import type { ModelRequest } from '#main/providers/provider.ts';
import { OmegaError } from '#shared/error.ts';
import type { CycleInput, CycleOutput } from '#shared/loops.ts';
import { modelProviders } from '#shared/providers.ts';
import type { Connection, Loop } from '../engine/loop.ts';

/** What the reflexive loop stands on: the gate, which decides request by request. */
export type ReflexivePorts = {
  /** What the gate decided since it was asked last. */
  readonly take: () => Partial<Record<AdmissionKind, AdmissionFigures>>;
  /** What would become of a request now. */
  readonly admits: (request: ModelRequest) => Promise<Admitted>;
  readonly modelOf: (provider: ModelRequest['provider'], signal: AbortSignal) => Promise<string>;
};

const requestSchema = z
  .object({
    provider: z.enum(modelProviders),
    model: z.string().min(1).max(200).optional(),
    system: z.string().max(30_000).default(''),
    prompt: z.string().max(60_000).default(''),
    temperature: z.number().min(0).max(2).default(0.2),
    maxTokens: z.int().min(1).max(200_000).default(8_000),
  })
  .strict();

/**
 * The reflexive loop: the gate answers from the cache, refuses or passes on, request by request; a
 * cycle is the account of all of them since the one before, with their real times. Given a `request`
 * in its data it says what would become of that one now.
 */
export function reflexiveLoop(ports: ReflexivePorts): Loop {
  return {
    type: 'reflexive',
    run: (input, { signal }) =>
      input.data.request === undefined
        ? Promise.resolve(account(ports, input))
        : foresee(ports, input.data.request, signal),
  };
}

function account({ take }: ReflexivePorts, { data }: CycleInput): CycleOutput {
  const admissions = take();
  const kinds = Object.values(admissions);
  const timed = kinds.reduce((sum, one) => sum + one.timed, 0);
  const instant = kinds.reduce((sum, one) => sum + one.instant, 0);
  const { strains = [] } = data;
  return {
    results: { admissions: structuredClone(admissions) as CycleOutput['results'], strains },
    insights: [],
    actions: [],
    nextObjectives: [],
    quality: timed === 0 ? null : instant / timed,
  };
}

async function foresee(
  { admits, modelOf }: ReflexivePorts,
  given: unknown,
  signal: AbortSignal,
): Promise<CycleOutput> {
  const { data, error } = requestSchema.safeParse(given);
  if (!data) {
    throw new OmegaError(
      'INVALID_INPUT',
      `This is no request to a model: ${z.prettifyError(error)}`,
    );
  }
  const model = data.model ?? (await modelOf(data.provider, signal));
  const admitted = await admits({ ...data, model, images: [], schema: null });
  return {
    results: { request: { provider: data.provider, model }, admitted: { ...admitted } },
    insights: [],
    actions: [],
    nextObjectives: [],
    quality: null,
  };
}

/** A bound that alone holds a limit is for the adaptive loop, which set it. */
export const strainsToAdaptive: Connection = {
  from: 'reflexive',
  to: 'adaptive',
  how: 'escalation',
  input: ({ output }) => {
    const strains = output?.results.strains;
    if (!Array.isArray(strains) || strains.length === 0) return null;
    const context = 'A bound alone holds the limit of a provider.';
    return { data: { strains }, context, objectives: [] };
  },
};

/** Strains as a cycle is given them. */
export function strainInput(strains: readonly GateStrain[]): CycleInput {
  return { data: { strains: strains.map((one) => ({ ...one })) }, context: '', objectives: [] };
}
