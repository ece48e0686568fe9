import { throwIfCancelled } from '#main/core/abort.ts';
import { throttledProgress } from '#main/generation/engine/scan-roots.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Scans one project, without keeping anything. */
export function scanHandlers({ ports, emit }: ApiContext): HandlersOf<'scan'> {
  const running = new Map<string, Set<AbortController>>();
  return {
    'scan.run': async ({ root }, signal) => {
      const own = new AbortController();
      const here = running.get(root) ?? new Set();
      running.set(root, here.add(own));
      const either = AbortSignal.any([signal, own.signal]);
      try {
        return await ports.scan(root, {
          signal: either,
          onProgress: throttledProgress(root, emit),
        });
      } catch (error) {
        throwIfCancelled(either);
        throw error;
      } finally {
        here.delete(own);
        if (here.size === 0) running.delete(root);
      }
    },
    'scan.cancel': ({ root }) => {
      for (const scan of running.get(root) ?? []) scan.abort();
      return null;
    },
  };
}
