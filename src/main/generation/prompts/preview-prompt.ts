import type { Storage } from '#main/storage/storage.ts';
import type { PromptPreview } from '#shared/calls.ts';
import type { ParsedInput } from '#shared/contract.ts';
import { OmegaError } from '#shared/error.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { Target } from '#shared/target.ts';
import { surroundingsOf } from '../engine/surroundings.ts';
import type { Learning } from '../memory/learning.ts';
import type { GenerationPorts } from '../ports.ts';
import { askMemory } from './ask-memory.ts';
import { buildPrompt } from './build-prompt.ts';
import { promptJob } from './prompt-job.ts';
import { estimateTokens } from './tokens.ts';

/** What a preview stands on. */
export type PreviewContext = {
  readonly ports: GenerationPorts;
  readonly storage: Storage;
  /** What the files are for, as it is set. */
  readonly target: Target;
  /** Null where nothing was learned, or a run would not use it. */
  readonly learning: Learning | null;
  /** See the setting `providers.contextTokens`. */
  readonly contextTokens: number;
  /** The model that is set for a provider, or else the first that it offers. */
  modelOf(provider: ModelProvider, signal: AbortSignal): Promise<string>;
};

/**
 * What would be sent for one artifact, byte for byte as a run of this moment would send it; asks no
 * model. Where the provider cannot say which model it has, the model is empty. Throws `NOT_FOUND`
 * where the project has no such artifact.
 */
export async function previewPrompt(
  { ports, storage, target, learning, contextTokens, modelOf }: PreviewContext,
  wanted: ParsedInput<'prompt.preview'>,
  signal: AbortSignal,
): Promise<PromptPreview> {
  const { kind, service, use } = wanted;
  const project = await ports.scan(wanted.root, { signal });
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
  const around = await surroundingsOf({ ports, storage }, project, artifact, target, signal);
  const job = promptJob(ports, project, artifact, around);
  const taught = await askMemory(learning, ports, project, job, signal);
  const input = { project, jobs: [job], contextTokens, taught, repair: null };
  const { system, prompt, files, redactions } = await buildPrompt(input, signal);
  const model = wanted.model ?? (await modelOf(use, signal).catch(() => ''));
  const tokens = estimateTokens(system) + estimateTokens(prompt);
  return { provider: use, model, system, prompt, tokens, files, redactions };
}
