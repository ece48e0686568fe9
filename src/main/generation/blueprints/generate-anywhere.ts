import { arun } from '#main/core/maybe-async/arun.ts';
import { blocking } from '#main/core/maybe-async/blocking.ts';
import { workedElsewhere } from '#main/providers/gate/job-meter.ts';
import type { ArtifactKind } from '#shared/artifact.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Surroundings, WrittenFile } from './blueprint.ts';
import { catalogue } from './catalogue.ts';
import { generateArtifacts, settleArtifacts } from './generate.ts';

/**
 * From this weight on a kind is written in a thread: below it takes a frame (16 ms) at most. A
 * character of an author's file weighs one, and each service of a kind that spans the project as
 * much as so many.
 */
const threadWeight = 3_000;
const serviceWeight = 400;
const timeoutMs = 120_000;

const generateInThread = blocking<typeof import('./generate.ts'), 'generateArtifacts'>(
  new URL('./generate.ts', import.meta.url),
  'generateArtifacts',
);

/**
 * The files of a kind: {@link generateArtifacts}, in a thread where it would hold this one for longer
 * than a frame, with what a kind does before and after it in threads of its own. Rejects as that
 * throws, and with `CANCELLED`, `TIMEOUT` and `UNAVAILABLE`.
 */
export async function generateAnywhere(
  kind: ArtifactKind,
  project: ScanResult,
  service: Service | null,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<readonly WrittenFile[]> {
  await catalogue[kind].prepare?.(project, service, surroundings, signal);
  const made = await write(kind, project, service, surroundings, signal);
  return settleArtifacts(kind, project, made, surroundings, signal);
}

async function write(
  kind: ArtifactKind,
  project: ScanResult,
  service: Service | null,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<readonly WrittenFile[]> {
  if (catalogue[kind].prepare) return generateArtifacts(kind, project, service, surroundings);
  let weight = service === null ? project.services.length * serviceWeight : 0;
  for (const { content } of surroundings.texts.values()) weight += content.length;
  if (weight < threadWeight) return generateArtifacts(kind, project, service, surroundings);
  const { target, texts, findings } = surroundings;
  const bare = { target, texts, ...(findings ? { findings } : {}) };
  const written = arun(generateInThread, [kind, project, service, bare], { signal, timeoutMs });
  return workedElsewhere(written);
}
