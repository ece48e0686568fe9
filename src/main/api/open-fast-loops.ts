import type { DisposableStore } from '#main/core/disposable.ts';
import { livePart } from '#main/core/live.ts';
import type { WatchedChange } from '#main/loops/adaptive/adaptive-ports.ts';
import type { Loop } from '#main/loops/engine/loop.ts';
import { openGateLoops } from '#main/loops/gate-loops.ts';
import { ReactiveDesk } from '#main/loops/reactive/desk.ts';
import { reactiveLoop } from '#main/loops/reactive/reactive-loop.ts';
import { type ModelProvider, modelProviders } from '#shared/providers.ts';
import type { ApiContext } from './context.ts';

/** What the three fast loops are made from. */
export type FastSources = Pick<
  ApiContext,
  'clock' | 'config' | 'gate' | 'info' | 'providers' | 'runtime' | 'storage'
> & {
  readonly desk: ReactiveDesk;
};

/** Where jobs that go wrong are brought, from the first run on. */
export function openDesk({ config, runtime }: Pick<FastSources, 'config' | 'runtime'>) {
  const input = { data: {}, context: 'Jobs went wrong.', objectives: [] };
  return new ReactiveDesk(
    () => config.current.loops.enableReactive,
    async () => (await runtime.parts.loops.tell('reactive', input)) !== null,
  );
}

/** The loops that work on requests and runs; `resources` ends what sets them going. */
export function openFastLoops(sources: FastSources, resources: DisposableStore): readonly Loop[] {
  const { clock, config, gate, info, providers, runtime, storage, desk } = sources;
  const id = (): string => clock.id();
  const { reflexive, adaptive } = openGateLoops(
    {
      ...{ gate, id },
      watch: (signal) => watched(runtime, signal),
      fallbacks: () => config.current.providers.fallbacks,
      batches: () => runtime.acceleration?.microBatches ?? null,
      kept: {
        get: () => storage.meta.get('bounds'),
        set: (text) => storage.meta.set('bounds', text),
      },
      modelOf: (provider, signal) => providers.modelOf(provider, signal),
      tell: (type, input) => runtime.parts.loops.tell(type, input),
      // A command's loops begin by themselves for nothing.
      handsOver: info.door !== 'cli',
    },
    resources,
  );
  const isAdaptive = livePart(config, (all) => all.loops.enableAdaptive);
  adaptive.apply(isAdaptive.current);
  resources.add({ dispose: isAdaptive.listen(adaptive.apply) });
  return [reflexive, reactiveLoop({ desk, id, unnamed: () => unnamed(sources) }), adaptive];
}

/** Measures what Meta-SONA applied, where it runs. */
async function watched(
  { parts }: ApiContext['runtime'],
  signal: AbortSignal,
): Promise<readonly WatchedChange[]> {
  const seen = (await parts.metaSona.running.held?.watch(signal)) ?? [];
  return seen.map(({ intelligence: { id, spec }, comparison, isRolledBack }) => ({
    ...{ id, domain: spec.domain, unit: comparison.unit, isRolledBack },
    ...{ applied: comparison.one.score.mean, before: comparison.other.score.mean },
  }));
}

async function unnamed({
  config,
  providers,
}: Pick<FastSources, 'config' | 'providers'>): Promise<readonly ModelProvider[]> {
  const { use, fallbacks, members } = config.current.providers;
  const others = modelProviders.filter(
    (id) => id !== use && !fallbacks.includes(id) && !members.includes(id),
  );
  const views = await Promise.all(others.map((id) => providers.view(id)));
  // One without a key is there by its address alone, and may not run.
  return views.filter(({ lacks, needsKey }) => lacks === null && needsKey).map(({ id }) => id);
}
