import type { Target } from '#shared/target.ts';
import { sightOf } from '../engine/sight.ts';
import type { SurroundingsContext } from '../engine/surroundings.ts';
import type { Learning } from '../memory/learning.ts';
import type { GenerationPorts, PlannedArtifact } from '../ports.ts';
import { withUsage } from '../sizing/with-usage.ts';
import { askMemory, type KnownFile } from './ask-memory.ts';
import { type BuiltPrompt, buildPrompt } from './build-prompt.ts';
import { type PromptJob, promptJob } from './prompt-job.ts';
import { type AskedFor, requestArtifacts } from './request-artifacts.ts';

/** What a prompt is made by. */
export type PlannedPromptContext = {
  readonly ports: GenerationPorts;
  readonly storage: SurroundingsContext['storage'];
  /** What the files are for, as it is set. */
  readonly target: Target;
  /** Null where nothing was learned, or a run would not use it. */
  readonly learning: Learning | null;
  /** See the setting `providers.contextTokens`. */
  readonly contextTokens: number;
  /** Most files in a request, as it is set; 1 where batch mode is off. */
  readonly batchSize: number;
};

/** A prompt with what it asks for. */
export type PlannedPrompt = BuiltPrompt & { readonly artifacts: readonly PlannedArtifact[] };

/**
 * The prompt in which an artifact is asked for, with the others of its request in batch mode, byte
 * for byte as a run of this moment would send it first. Throws as {@link requestArtifacts} does.
 */
export async function plannedPrompt(
  { ports, storage, target, learning, contextTokens, batchSize }: PlannedPromptContext,
  wanted: AskedFor,
  signal: AbortSignal,
): Promise<PlannedPrompt> {
  const project = withUsage(await ports.scan(wanted.root, { signal }), wanted.run?.usage);
  const within = { ports, storage };
  const works = await requestArtifacts(within, project, wanted, { batchSize, target }, signal);
  const jobs: PromptJob[] = [];
  const taught = new Map<string, KnownFile>();
  for (const work of works) {
    const sight = await sightOf(within, work, signal);
    const job = await promptJob(ports, project, work.artifact, sight, signal);
    jobs.push(job);
    const known = await askMemory(learning, ports, project, job, signal);
    for (const [path, file] of known) taught.set(path, file);
  }
  const input = { project, jobs, contextTokens, taught, repair: null };
  return {
    ...(await buildPrompt(input, signal)),
    artifacts: works.map(({ artifact }) => artifact),
  };
}
