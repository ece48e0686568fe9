import type { Live } from '#main/core/live.ts';
import { strategyTasks, tryStrategy } from '#main/generation/ai/try-strategy.ts';
import type { ReviewContext } from '#main/generation/review/review-context.ts';
import type { Domain } from '#main/meta-sona/domains/domain.ts';
import { generationDomain } from '#main/meta-sona/domains/generation-domain.ts';
import { schedulerDomain } from '#main/meta-sona/domains/scheduler-domain.ts';
import type { Config } from '#shared/config.ts';
import { type ModelProvider, modelProviders } from '#shared/providers.ts';
import type { ApiContext } from './context.ts';
import { openLoadGate } from './open-load-gate.ts';

/** Providers on the user's own machine: a call costs nothing. */
const free: ReadonlySet<ModelProvider> = new Set(['ollama', 'compatible']);

/** Whether calls to a provider cost money. */
export function costs(provider: ModelProvider): boolean {
  return !free.has(provider);
}

/** Providers that can be asked now. */
export async function readyProviders({
  providers,
  config,
}: Pick<DomainSources, 'providers'> & { readonly config: Live<Config> }): Promise<
  readonly ModelProvider[]
> {
  const views = await Promise.all(modelProviders.map((id) => providers.view(id)));
  // Ollama lacks nothing without being there; only one that is used can be counted on.
  const { use, fallbacks } = config.current.providers;
  const wanted = new Set([use, ...fallbacks]);
  return views
    .filter(({ id, lacks }) => lacks === null && (id !== 'ollama' || wanted.has(id)))
    .map(({ id }) => id);
}

/** What those domains are made from. */
export type DomainSources = ReviewContext & Pick<ApiContext, 'providers' | 'gate' | 'cache'>;

/** What the app can measure beside what its runtime can: ways of asking models, where there are any. */
export async function openDomains(context: DomainSources): Promise<readonly Domain[]> {
  const { providers, storage, gate, config } = context;
  const ready = await readyProviders(context);
  if (ready.length === 0) return [];
  const models = {
    gate,
    modelOf: (id: ModelProvider, signal: AbortSignal) => providers.modelOf(id, signal),
  };
  const asked = { config, providers: ready, costs };
  return [
    schedulerDomain({ ...asked, openGate: (...of) => openLoadGate(context, ...of) }),
    generationDomain({
      ...asked,
      tasks: (most, signal) =>
        strategyTasks(
          context,
          storage.projects.list().map(({ root }) => root),
          most,
          signal,
        ),
      attempt: (task, settings, signal) => tryStrategy(context, models, task, settings, signal),
    }),
  ];
}
