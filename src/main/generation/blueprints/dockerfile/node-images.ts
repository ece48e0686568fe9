import type { Service } from '#shared/scan.ts';
import { imageVersion } from './version.ts';

/** Builder and final image of a JavaScript service, and the program that runs it. */
export interface NodeImages {
  readonly build: string;
  readonly final: string;
  /** Where the version comes from. */
  readonly note: string;
  readonly program: 'bun' | 'node';
}

/** Bun's own images where Bun runs the project, Node's otherwise. */
export function nodeImages(service: Service): NodeImages {
  if (service.packageManager?.toLowerCase().startsWith('bun') && runsOnBun(service)) {
    const { tag, note } = imageVersion(
      { ...service, runtimeVersion: bunPin(service) },
      'Bun',
      '1.3',
      3,
    );
    return { build: `oven/bun:${tag}`, final: `oven/bun:${tag}-slim`, note, program: 'bun' };
  }
  const { tag, note } = imageVersion(service, 'Node.js', '26');
  return { build: `node:${tag}`, final: `node:${tag}-slim`, note, program: 'node' };
}

/** Bun projects start by Bun unless their command names Node. */
function runsOnBun(service: Service): boolean {
  return !/^node\s/.test(service.start ?? '');
}

/** A pin of Bun begins with 0 or 1; any other number pins Node. */
function bunPin(service: Service): string | null {
  return /^v?[01]\./.test(service.runtimeVersion ?? '') ? service.runtimeVersion : null;
}
