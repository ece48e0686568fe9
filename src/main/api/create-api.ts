import type { Acceleration, AccelerationOptions } from '#main/acceleration/acceleration.ts';
import type { SpawnCompute } from '#main/acceleration/compute/compute-port.ts';
import { LoggedChildren } from '#main/acceleration/compute/logged-children.ts';
import { ImageProcesses } from '#main/acceleration/vision/image-processes.ts';
import { resizeImageWith } from '#main/acceleration/vision/resize-image.ts';
import { accelerationSteps, threadStep } from '#main/acceleration/warm-up/steps.ts';
import { WarmUp } from '#main/acceleration/warm-up/warm-up.ts';
import type { EmbedTexts } from '#main/cache/note-vectors.ts';
import { type Clock, systemClock } from '#main/core/clock.ts';
import { ConfigStore } from '#main/core/config/config-store.ts';
import type { Environment } from '#main/core/config/environment.ts';
import { type AsyncResource, DisposableStore } from '#main/core/disposable.ts';
import { livePart } from '#main/core/live.ts';
import { openLogger } from '#main/core/logger.ts';
import { withTrace } from '#main/core/trace.ts';
import type { Models } from '#main/generation/ai/ask-context.ts';
import { modelWork } from '#main/generation/ai/model-work.ts';
import type { ModelWork } from '#main/generation/engine/model-work.ts';
import { RunEngine } from '#main/generation/engine/run-engine.ts';
import { Learning } from '#main/generation/memory/learning.ts';
import type { ProposalMemory } from '#main/generation/memory/proposal-memory.ts';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import type { GenerationPorts } from '#main/generation/ports.ts';
import { diskFiles } from '#main/generation/review/project-files.ts';
import { recover } from '#main/generation/review/recover.ts';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import { OmegaRuntime } from '#main/runtime/omega-runtime.ts';
import type { AppInfo, OmegaEvent } from '#shared/contract.ts';
import { OmegaError, type Result } from '#shared/error.ts';
import { callRoute } from './call-route.ts';
import type { ApiContext } from './context.ts';
import { embedRows } from './embed-rows.ts';
import { createHandlers } from './handlers.ts';
import { Observations } from './observations.ts';
import { openDomains } from './open-domains.ts';
import { openEvents } from './open-events.ts';
import { openDesk } from './open-fast-loops.ts';
import { openGate } from './open-gate.ts';
import { openLoops } from './open-loops.ts';
import { openProviders } from './open-providers.ts';
import { proposalMemory } from './proposal-memory.ts';
import { addSampleOnce } from './sample-project.ts';

/** What an api is opened with. A copy of `sampleFolder` is the first project. */
export type ApiOptions = {
  readonly dataFolder: string;
  readonly door: AppInfo['door'];
  readonly version: string;
  readonly sampleFolder?: string | null;
  readonly clock?: Clock;
  /** The process' own environment where absent. */
  readonly env?: Environment;
  /** Whether what happens goes into the journal of the data folder; so it does where absent. */
  readonly keepsEvents?: boolean;
  /** What scans, generates and validates; the offline blueprints where absent. */
  readonly ports?: GenerationPorts;
  /** Has models make files; through the gate to the providers where absent. */
  readonly models?: ModelWork;
  /** What learning keeps what it learned in; the runtime's memory where absent. */
  readonly memory?: ProposalMemory;
  /** How compute processes start and where the models are; without it nothing is accelerated. */
  readonly acceleration?: Pick<AccelerationOptions, 'spawn' | 'modelsFolder'>;
  /** How image processes start; without it no image is shown. */
  readonly images?: { readonly spawn: SpawnCompute };
};

/** The one implementation of the contract; every door is thin and calls it. */
export interface AppApi extends AsyncResource {
  /** Calls a route with untrusted input; never throws. `signal` cancels what the call started. */
  call(route: string, input: unknown, signal?: AbortSignal): Promise<Result<unknown>>;
  /** Listens to events until the returned function is called. */
  listen(listener: (event: OmegaEvent) => void): () => void;
  /**
   * Stops what runs, waits for it, and closes the store. A command's runs are cancelled; those of a
   * door that stays open go on where it is opened again.
   */
  dispose(): Promise<void>;
}

/** Opens the api on a data folder. Throws an `OmegaError` where the folder or store cannot be used. */
export async function createApi(options: ApiOptions): Promise<AppApi> {
  const resources = new DisposableStore();
  try {
    return await open(options, resources);
  } catch (error) {
    await resources.dispose();
    throw error;
  }
}

async function open(options: ApiOptions, resources: DisposableStore): Promise<AppApi> {
  const clock = options.clock ?? systemClock;
  const { logger, resource, apply } = openLogger(options.dataFolder, { door: options.door });
  resources.add(resource);
  const { dataFolder, door } = options;
  const observations = resources.add(new Observations({ clock, logger, door }));
  const { metrics, operations } = observations;
  const { bus, journal } = openEvents({ ...options, clock, logger, metrics }, resources);
  const emit = (event: OmegaEvent): void => bus.emit(event);
  const config = resources.add(
    await ConfigStore.open({
      folder: options.dataFolder,
      env: options.env ?? process.env,
      // A command ends before anyone edits the file.
      watch: options.door !== 'cli',
      onChange: (view) => emit({ type: 'config.changed', view }),
      onError: (error) => logger.error({ err: error }, 'The configuration could not be followed.'),
    }),
  );
  apply(config.current.log);
  livePart(config, (all) => all.log).listen(apply);
  const children = resources.add(new LoggedChildren(logger));
  const compute = options.acceleration && {
    ...options.acceleration,
    spawn: children.wrap(options.acceleration.spawn, 'compute'),
  };
  const runtime = resources.add(
    new OmegaRuntime({
      setConfig: (change) => config.set(change),
      ...{ dataFolder, config, acceleration: compute, bus, operations, clock },
      // A command ends before a period does.
      loopsByThemselves: door !== 'cli',
    }),
  );
  await runtime.start();
  const { storage } = runtime;
  if (storage.notice) logger.warn(storage.notice);
  journal?.begin(storage.instance.id);
  const omega = new OmegaApi(runtime);
  const health = () => runtime.health();
  resources.add(observations.publish({ storage, health, registries: () => runtime.registries }));
  const ports = options.ports ?? offlinePorts;
  const review = { storage, config, clock, logger, ports, files: diskFiles, emit };
  const recovered = await recover(review);
  const env = options.env ?? process.env;
  const ai = openProviders({ dataFolder, env, config, storage, logger, emit }, resources);
  const { providers } = ai;
  const embed: EmbedTexts = (texts, signal) => embedRows(runningIn(runtime), texts, signal);
  const calls = openGate(
    { storage, config, clock, logger, metrics, providers, bus, embed },
    resources,
  );
  const learning = resources.add(new Learning(review, options.memory ?? proposalMemory(omega)));
  const modelOf: Models['modelOf'] = (id, signal) => providers.modelOf(id, signal);
  const models = options.models ?? modelWork({ gate: calls.gate, modelOf });
  const { budgets, record } = calls;
  const beginJobs = () => record.beginJobs();
  const desk = openDesk({ config, runtime });
  // A command does what it was called for and ends, and so do its runs; other doors open again.
  const atClose = options.door === 'cli' ? 'cancel' : 'release';
  const engine = resources.add(
    new RunEngine(review, { learning, models, reactions: desk, budgets, beginJobs, atClose }),
  );
  calls.gate.countWaiting(() => engine.waitingForModels);
  if (options.door !== 'cli') await engine.recover();
  const images = options.images
    ? resources.add(
        new ImageProcesses({ spawn: children.wrap(options.images.spawn, 'images'), metrics }),
      )
    : null;
  const resizeImage = images
    ? resizeImageWith((request, signal) => images.render(request, signal))
    : null;
  const warmUp = resources.add(
    new WarmUp({
      steps: [threadStep, ...(compute ? accelerationSteps(() => runningIn(runtime)) : [])],
      onProgress: (progress) => emit({ type: 'warmup.progress', ...progress }),
    }),
  );
  const info: AppInfo = {
    version: options.version,
    door: options.door,
    dataFolder: options.dataFolder,
    notices: [...(storage.notice ? [storage.notice] : []), ...recovered],
  };
  const context: ApiContext = {
    ...review,
    ...ai,
    ...calls,
    config,
    info,
    engine,
    runtime,
    omega,
    learning,
    resizeImage,
    warmUp,
    observations,
  };
  runtime.parts.loops.give(openLoops(context, desk, resources));
  runtime.parts.metaSona.give(() => openDomains(context));
  const handlers = createHandlers(context);
  await addSampleOnce(context, options.sampleFolder ?? null, options.dataFolder);
  const closing = new AbortController();
  return {
    call: (route, input, signal) => {
      // A page that calls is there, and is not slowed down; a command is over before it would gain.
      // What it logs is no part of that call.
      if (options.door !== 'cli') withTrace(null, () => warmUp.start());
      const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      return callRoute(handlers, { logger, routes: observations.routes }, route, input, either);
    },
    listen: (listener) => bus.listen(listener),
    dispose: async () => {
      closing.abort();
      await resources.dispose();
    },
  };
}

/** The acceleration that runs now: after a fault it is another one. Throws `NOT_RUNNING`. */
function runningIn({ acceleration }: OmegaRuntime): Acceleration {
  if (acceleration) return acceleration;
  throw new OmegaError('UNAVAILABLE', 'The app was opened without acceleration.');
}
