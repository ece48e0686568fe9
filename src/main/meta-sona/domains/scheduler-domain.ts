import { throwIfCancelled } from '#main/core/abort.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { Live } from '#main/core/live.ts';
import type { Config } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import type { ModelProvider } from '#shared/providers.ts';
import { SearchSpace } from '../space/search-space.ts';
import type { Domain, Evaluation, TaskBench } from './domain.ts';

/** Requests of one measurement. */
const requests = 32;
/** Requests at once that are tried. */
const widths = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32];

/** What was counted of a load. */
export type LoadFigures = {
  /** Answers that a provider refused with a 429, retried ones too. */
  readonly refused: number;
  readonly costUsd: number;
};

/** A way to models that is nobody else's, so wide; every request is small. */
export type LoadGate = AsyncResource & {
  /** One small request; fails as the gate does. */
  ask(text: string, signal: AbortSignal): Promise<void>;
  figures(): LoadFigures;
};

/** What schedules are tried with. */
export type SchedulerDomainOptions = {
  readonly config: Live<Config>;
  /** Providers that can be asked now. */
  readonly providers: readonly ModelProvider[];
  readonly costs: (provider: ModelProvider) => boolean;
  readonly openGate: (provider: ModelProvider, width: number) => LoadGate;
};

/** Which provider takes how many requests at once, tried with requests of a few tokens. */
export function schedulerDomain(options: SchedulerDomainOptions): Domain {
  const { config, providers, costs } = options;
  const space = new SearchSpace([
    { type: 'choice', name: 'provider', values: providers },
    { type: 'choice', name: 'concurrency', values: widths },
  ]);
  return {
    name: 'scheduler',
    space,
    unit: 'requests/s',
    limits: ['latencyMs', 'costUsd'],
    settingsOf: ({ provider, concurrency }) => ({
      'providers.use': provider as ModelProvider,
      'async.concurrency': Number(concurrency),
    }),
    open: async ({ budget }) => {
      const dear = providers.find(costs);
      if (dear && budget.costUsd === 0) {
        const message = `Calls to ${dear} cost money; say how much they may cost in all.`;
        throw new OmegaError('INVALID_INPUT', message);
      }
      const { use } = config.current.providers;
      const provider = providers.find((one) => one === use) ?? (providers[0] as ModelProvider);
      const { concurrency } = config.current.async;
      return benchOf(options, space.nearest({ provider, concurrency }));
    },
  };
}

function benchOf({ openGate }: SchedulerDomainOptions, inForce: TaskBench['inForce']): TaskBench {
  return {
    about: `${requests} requests of a few tokens, as many at once as the settings would let through`,
    inForce,
    evaluate: async ({ provider, concurrency }, tasks, turn, signal) => {
      const gate = openGate(provider as ModelProvider, Number(concurrency));
      const began = performance.now();
      try {
        const asked = await Promise.allSettled(
          Array.from({ length: requests }, (_, at) => gate.ask(`${tasks} ${turn} ${at}`, signal)),
        );
        throwIfCancelled(signal);
        const seconds = (performance.now() - began) / 1_000;
        const answered = asked.filter(({ status }) => status === 'fulfilled').length;
        return evaluationOf(answered, seconds, Number(concurrency), gate.figures());
      } finally {
        await gate.dispose();
      }
    },
    dispose: () => undefined,
  };
}

function evaluationOf(
  answered: number,
  seconds: number,
  width: number,
  { refused, costUsd }: LoadFigures,
): Evaluation {
  const calm = answered / (answered + refused + (requests - answered) || 1);
  return {
    score: (answered / seconds) * calm ** 2,
    quality: calm,
    rules: { 'no 429': refused === 0 },
    figures: {
      requestsPerSecond: answered / seconds,
      refused,
      costUsd,
      latencyMs: (1_000 * seconds * Math.min(width, requests)) / requests,
    },
  };
}
