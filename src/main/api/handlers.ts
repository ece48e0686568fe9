import { appHandlers } from './app-handlers.ts';
import { cacheHandlers } from './cache-handlers.ts';
import { callHandlers } from './call-handlers.ts';
import { causalHandlers } from './causal-handlers.ts';
import { checkpointHandlers } from './checkpoint-handlers.ts';
import { configHandlers } from './config-handlers.ts';
import type { ApiContext, Handlers } from './context.ts';
import { devicesHandlers } from './devices-handlers.ts';
import { episodeHandlers } from './episode-handlers.ts';
import { eventHandlers } from './event-handlers.ts';
import { folderHandlers } from './folder-handlers.ts';
import { healthHandlers } from './health-handlers.ts';
import { imageHandlers } from './image-handlers.ts';
import { intelligenceHandlers } from './intelligence-handlers.ts';
import { keyHandlers } from './key-handlers.ts';
import { loopHandlers } from './loop-handlers.ts';
import { memoryHandlers } from './memory-handlers.ts';
import { metricsHandlers } from './metrics-handlers.ts';
import { nearHandlers } from './near-handlers.ts';
import { priceHandlers } from './price-handlers.ts';
import { projectHandlers } from './project-handlers.ts';
import { promptHandlers } from './prompt-handlers.ts';
import { proposalHandlers } from './proposal-handlers.ts';
import { providerHandlers } from './provider-handlers.ts';
import { runHandlers } from './run-handlers.ts';
import { scanHandlers } from './scan-handlers.ts';
import { skillHandlers } from './skill-handlers.ts';
import { usageHandlers } from './usage-handlers.ts';
import { validateHandlers } from './validate-handlers.ts';
import { vectorHandlers } from './vector-handlers.ts';
import { warmUpHandlers } from './warm-up-handlers.ts';

/** Every route's handler; the type refuses a map that lacks one. */
export function createHandlers(context: ApiContext): Handlers {
  return {
    ...appHandlers(context),
    ...warmUpHandlers(context),
    ...healthHandlers(context),
    ...devicesHandlers(context),
    ...configHandlers(context),
    ...metricsHandlers(context),
    ...projectHandlers(context),
    ...checkpointHandlers(context),
    ...proposalHandlers(context),
    ...runHandlers(context),
    ...scanHandlers(context),
    ...usageHandlers(),
    ...validateHandlers(context),
    ...eventHandlers(context),
    ...memoryHandlers(context),
    ...loopHandlers(context),
    ...vectorHandlers(context),
    ...episodeHandlers(context),
    ...skillHandlers(context),
    ...causalHandlers(context),
    ...intelligenceHandlers(context),
    ...imageHandlers(context),
    ...providerHandlers(context),
    ...keyHandlers(context),
    ...priceHandlers(context),
    ...cacheHandlers(context),
    ...nearHandlers(context),
    ...callHandlers(context),
    ...promptHandlers(context),
    ...folderHandlers(),
  };
}
