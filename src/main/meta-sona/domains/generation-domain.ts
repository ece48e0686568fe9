import { throwIfCancelled } from '#main/core/abort.ts';
import type { Live } from '#main/core/live.ts';
import { pick, seededRandom } from '#main/core/random.ts';
import type { AskSettings } from '#main/generation/ai/settings.ts';
import type { StrategyTask, Tried } from '#main/generation/ai/try-strategy.ts';
import type { Config } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import type { EnsemblePreset, ModelProvider } from '#shared/providers.ts';
import type { Point } from '../space/dimension.ts';
import type { Domain, Evaluation, TaskBench } from './domain.ts';
import { generationSpace, madeScore } from './generation-space.ts';

/** Files of one measurement. */
const filesEach = 3;
/** Most services that are drawn from, and the least that make two parts. */
const mostTasks = 40;
const leastTasks = 2 * filesEach;
/** A file that passes fewer of its hardening checks does not keep the rules. */
const leastHardening = 0.5;

/** What ways of asking are tried with. */
export type GenerationDomainOptions = {
  readonly config: Live<Config>;
  /** Providers that can be asked now. */
  readonly providers: readonly ModelProvider[];
  /** Whether a call to one of them costs money: it is then asked only with a budget for it. */
  readonly costs: (provider: ModelProvider) => boolean;
  readonly tasks: (most: number, signal: AbortSignal) => Promise<readonly StrategyTask[]>;
  readonly attempt: (
    task: StrategyTask,
    settings: AskSettings,
    signal: AbortSignal,
  ) => Promise<Tried>;
};

/** How files are asked of models, tried on services of the user's own projects; nothing is written. */
export function generationDomain(options: GenerationDomainOptions): Domain {
  const { config, providers } = options;
  const space = generationSpace(providers);
  return {
    name: 'generation',
    space,
    unit: 'worth of a file',
    limits: ['latencyMs', 'costUsd', 'hardening'],
    settingsOf: ({ provider, ensemble, repairRounds, contextTokens, temperature }) => ({
      'providers.use': provider as ModelProvider,
      'providers.ensemble': ensemble as EnsemblePreset,
      'providers.repairRounds': Number(repairRounds),
      'providers.contextTokens': Number(contextTokens),
      'providers.temperature': Number(temperature),
    }),
    open: async ({ seed, budget }, signal) => {
      const dear = providers.find((one) => options.costs(one));
      if (dear && budget.costUsd === 0) {
        const message = `Calls to ${dear} cost money; say how much they may cost in all.`;
        throw new OmegaError('INVALID_INPUT', message);
      }
      const tasks = await options.tasks(mostTasks, signal);
      if (tasks.length < leastTasks) {
        const message = `Ways of asking are tried on services of your own; there are ${tasks.length}, and at least ${leastTasks} are needed. Add projects.`;
        throw new OmegaError('NOT_AVAILABLE', message);
      }
      return benchOf(
        options,
        parts(tasks, seed),
        space.nearest(pointOf(config.current, providers)),
      );
    },
  };
}

function benchOf(
  { config, attempt }: GenerationDomainOptions,
  tasks: Readonly<Record<'search' | 'held-out', readonly StrategyTask[]>>,
  inForce: Point,
): TaskBench {
  const all = tasks.search.length + tasks['held-out'].length;
  return {
    about: `Dockerfiles of ${all} services of your projects, of which the search saw ${tasks.search.length}`,
    inForce,
    evaluate: async (point, part, turn, signal) => {
      const settings = settingsOf(point, config.current);
      const made: (Made | null)[] = [];
      const began = performance.now();
      for (let at = 0; at < filesEach; at++) {
        const own = tasks[part];
        const task = own[(turn * filesEach + at) % own.length] as StrategyTask;
        made.push(await madeOf(task, () => attempt(task, settings, signal), signal));
      }
      return evaluationOf(made, (performance.now() - began) / filesEach);
    },
    dispose: () => undefined,
  };
}

type Made = Parameters<typeof madeScore>[0] & { readonly costUsd: number };

/** What became of a file; one that nobody answered for counts as not made. */
async function madeOf(
  { item }: StrategyTask,
  attempt: () => Promise<Tried>,
  signal: AbortSignal,
): Promise<Made | null> {
  try {
    const { best, usage } = await attempt();
    const blueprint = item.blueprint[0]?.artifact.content.length ?? 0;
    return {
      isValid: best !== null && best.score.errors === 0,
      hardening: best?.score.hardening ?? 0,
      size: blueprint === 0 || !best ? 1 : best.score.size / blueprint,
      tokens: usage.inputTokens + usage.outputTokens,
      costUsd: usage.costUsd ?? 0,
    };
  } catch {
    throwIfCancelled(signal);
    return null;
  }
}

function evaluationOf(made: readonly (Made | null)[], latencyMs: number): Evaluation {
  const mean = (of: (one: Made) => number): number =>
    made.reduce((sum, one) => sum + (one ? of(one) : 0), 0) / made.length;
  const hardening = mean((one) => one.hardening);
  return {
    score: mean(madeScore),
    quality: mean(({ isValid }) => Number(isValid)),
    rules: { hardened: hardening >= leastHardening },
    figures: {
      hardening,
      size: mean(({ size }) => size),
      tokens: mean(({ tokens }) => tokens),
      costUsd: mean(({ costUsd }) => costUsd) * made.length,
      latencyMs,
    },
  };
}

/** Two parts of equal size that share no service, drawn by the seed. */
function parts(tasks: readonly StrategyTask[], seed: number) {
  const random = seededRandom(seed);
  const left = [...tasks];
  const drawn: StrategyTask[] = [];
  while (left.length > 0) drawn.push(...left.splice(left.indexOf(pick(left, random)), 1));
  const middle = drawn.length >> 1;
  return { search: drawn.slice(0, middle), 'held-out': drawn.slice(middle) };
}

/** What is set now; where the blueprints make files it is the first provider's plainest way. */
function pointOf({ providers: set }: Config, [first]: readonly ModelProvider[]): Point {
  const { use, ensemble, repairRounds, contextTokens, temperature } = set;
  const provider = use === 'blueprint' ? (first ?? 'ollama') : use;
  return { provider, ensemble, repairRounds, contextTokens, temperature };
}

function settingsOf(point: Point, { providers: set }: Config): AskSettings {
  const use = point.provider as ModelProvider;
  return {
    use,
    model: null,
    fallbacks: [],
    ensemble: point.ensemble as EnsemblePreset,
    members: set.members.length > 0 ? set.members : [use],
    temperature: Number(point.temperature),
    maxTokens: set.maxTokens,
    contextTokens: Number(point.contextTokens),
    repairRounds: Math.max(point.ensemble === 'quality' ? 1 : 0, Number(point.repairRounds)),
  };
}
