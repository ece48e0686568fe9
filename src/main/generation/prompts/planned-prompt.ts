import type { ParsedInput } from '#shared/contract.ts';
import { OmegaError } from '#shared/error.ts';
import type { Learning } from '../memory/learning.ts';
import type { GenerationPorts } from '../ports.ts';
import { askMemory } from './ask-memory.ts';
import { type BuiltPrompt, buildPrompt } from './build-prompt.ts';
import { promptJob } from './prompt-job.ts';

/** What a prompt of one artifact is made by. */
export type PlannedPromptContext = {
  readonly ports: GenerationPorts;
  /** Null where nothing was learned, or a run would not use it. */
  readonly learning: Learning | null;
  /** See the setting `providers.contextTokens`. */
  readonly contextTokens: number;
};

/**
 * The prompt of one artifact, byte for byte as a run of this moment would send it. Throws `NOT_FOUND`
 * where the project has no such artifact.
 */
export async function plannedPrompt(
  { ports, learning, contextTokens }: PlannedPromptContext,
  { root, kind, service }: Pick<ParsedInput<'prompt.preview'>, 'root' | 'kind' | 'service'>,
  signal: AbortSignal,
): Promise<BuiltPrompt> {
  const project = await ports.scan(root, { signal });
  const names = service === null ? undefined : [service];
  const artifact = ports
    .plan(project, [kind], names)
    .find((planned) => (planned.service?.name ?? null) === service);
  if (!artifact) {
    const whose = service === null ? 'of the whole project' : `of a service called "${service}"`;
    throw new OmegaError(
      'NOT_FOUND',
      `There is no ${kind} ${whose} to make here; look at the scan for what was found.`,
    );
  }
  const job = promptJob(ports, project, artifact);
  const taught = await askMemory(learning, ports, project, job, signal);
  return buildPrompt({ project, jobs: [job], contextTokens, taught, repair: null }, signal);
}
