import { throttledProgress } from '#main/generation/engine/scan-roots.ts';
import type { ApiContext, HandlersOf } from './context.ts';

/** Scans one project, without keeping anything. */
export function scanHandlers({ ports, emit }: ApiContext): HandlersOf<'scan'> {
  return {
    'scan.run': ({ root }, signal) =>
      ports.scan(root, { signal, onProgress: throttledProgress(root, emit) }),
  };
}
