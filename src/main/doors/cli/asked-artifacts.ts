import { resolve } from 'node:path';
import { type ArtifactKind, kindsOfServices } from '#shared/artifact.ts';
import { OmegaError } from '#shared/error.ts';
import type { Session } from './session.ts';

/** An artifact that a run over some folders may ask a model for. */
export type AskedArtifact = {
  readonly root: string;
  readonly kind: ArtifactKind;
  readonly service: string | null;
};

/** Of which folders, kinds and services they are wanted; null means every service. */
export type WantedArtifacts = {
  readonly dirs: readonly string[];
  readonly kinds: readonly ArtifactKind[];
  readonly services: readonly string[] | null;
};

/**
 * Calls `ask` for each artifact that a run would make, in its order, and gathers what it says. One
 * that `ask` says is `NOT_FOUND` is left out: of a library, say, no file is made.
 */
export async function forArtifacts<T>(
  session: Session,
  { dirs, kinds, services }: WantedArtifacts,
  ask: (artifact: AskedArtifact) => Promise<T>,
): Promise<readonly (AskedArtifact & T)[]> {
  const answers: (AskedArtifact & T)[] = [];
  for (const dir of dirs) {
    const root = resolve(dir);
    const found = await session.call('scan.run', { root });
    const names = found.services.map(({ name }) => name);
    const wanted = services ? names.filter((name) => services.includes(name)) : names;
    for (const kind of kinds) {
      for (const service of kindsOfServices.has(kind) ? wanted : [null]) {
        const artifact = { root, kind, service };
        const answer = await ask(artifact).catch(unlessNotPlanned);
        if (answer) answers.push({ ...artifact, ...answer });
      }
    }
  }
  if (answers.length > 0) return answers;
  throw new OmegaError('NOT_FOUND', 'A run over these folders would ask for nothing.');
}

function unlessNotPlanned(error: unknown): null {
  if (error instanceof OmegaError && error.code === 'NOT_FOUND') return null;
  throw error;
}
