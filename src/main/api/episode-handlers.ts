import type { ApiContext, HandlersOf } from './context.ts';

/** What was tried, and what came of it. */
export function episodeHandlers({ omega }: ApiContext): HandlersOf<'episode'> {
  return {
    'episode.store': (episode, signal) => omega.storeEpisode(episode, signal),
    'episode.recall': (query, signal) => omega.recallEpisodes(query, signal),
    'episode.totals': (filter, signal) => omega.analyzeEpisodes(filter, signal),
  };
}
