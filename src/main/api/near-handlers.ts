import { acceptAnswer } from '#main/generation/near/accept-answer.ts';
import { type SuggestContext, suggestAnswers } from '#main/generation/near/suggest-answers.ts';
import type { ApiContext, HandlersOf } from './context.ts';

type NearHandlers = Pick<HandlersOf<'cache'>, 'cache.suggest' | 'cache.accept' | 'cache.forget'>;

/** Kept answers that a person may take for a request that is near to theirs. */
export function nearHandlers(context: ApiContext): NearHandlers {
  const { cache, clock } = context;
  return {
    'cache.suggest': (wanted, signal) => suggestAnswers(suggestContext(context), wanted, signal),
    'cache.accept': (wanted, signal) => {
      const keeping = {
        ...suggestContext(context),
        now: () => clock.now(),
        set: cache.set.bind(cache),
      };
      return acceptAnswer(keeping, wanted, signal);
    },
    'cache.forget': ({ key }) => ({ forgotten: cache.forgetAccepted(key) }),
  };
}

function suggestContext(context: ApiContext): SuggestContext {
  const { ports, storage, learning, config, providers, cache, near } = context;
  const { contextTokens, temperature, maxTokens } = config.current.providers;
  return {
    ports,
    storage,
    target: config.current.target,
    learning,
    contextTokens,
    // An accepted answer is one artifact's.
    batchSize: 1,
    defaults: { temperature, maxTokens },
    isCacheOn: config.current.cache.enabled,
    modelOf: (id, signal) => providers.modelOf(id, signal),
    peek: (key) => cache.peek(key),
    find: (note, least, signal) => near.find(note, least, signal),
  };
}
