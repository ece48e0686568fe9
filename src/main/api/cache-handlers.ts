import type { CacheView } from '#shared/ai-routes.ts';
import type { HandlersOf } from './context.ts';
import type { OpenGate } from './open-gate.ts';

/** The cache of models' answers. */
export function cacheHandlers(
  opened: OpenGate,
): Pick<HandlersOf<'cache'>, 'cache.stats' | 'cache.clear'> {
  return {
    'cache.stats': () => viewOf(opened),
    'cache.clear': async ({ provider, project }) => ({
      removed: await opened.cache.clear({
        ...(provider === undefined ? {} : { provider }),
        ...(project === undefined ? {} : { project }),
      }),
    }),
  };
}

async function viewOf({ cache, record, config }: OpenGate): Promise<CacheView> {
  const stats = await cache.stats();
  const { enabled, maxMb } = config.current.cache;
  const hits = stats.memoryHits + stats.diskHits;
  const all = hits + stats.misses;
  return {
    enabled,
    ...stats,
    maxBytes: maxMb * 1e6,
    shared: record.shared,
    hitRate: all === 0 ? null : hits / all,
  };
}
