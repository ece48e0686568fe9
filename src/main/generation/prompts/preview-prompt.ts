import type { PromptPreview } from '#shared/calls.ts';
import type { ParsedInput } from '#shared/contract.ts';
import { OmegaError } from '#shared/error.ts';
import type { ModelProvider } from '#shared/providers.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Learning } from '../memory/learning.ts';
import type { GenerationPorts, PlannedArtifact } from '../ports.ts';
import { askMemory, type KnownFile } from './ask-memory.ts';
import { buildPrompt } from './build-prompt.ts';
import { type PromptJob, promptJob } from './prompt-job.ts';
import { estimateTokens } from './tokens.ts';

/** What a preview stands on. */
export type PreviewContext = {
  readonly ports: GenerationPorts;
  /** Null where nothing was learned, or a run would not use it. */
  readonly learning: Learning | null;
  /** See the setting `providers.contextTokens`. */
  readonly contextTokens: number;
  /** Most files in a request, as it is set; 1 where batch mode is off. */
  readonly batchSize: number;
  /** The model that is set for a provider, or else the first that it offers. */
  modelOf(provider: ModelProvider, signal: AbortSignal): Promise<string>;
};

/**
 * What would be sent for one artifact, byte for byte as a run of this moment would send it first,
 * with the others of its request in batch mode; asks no model. Where the provider cannot say which model it has, the model is empty. Throws `NOT_FOUND`
 * where the project has no such artifact.
 */
export async function previewPrompt(
  { ports, learning, contextTokens, batchSize, modelOf }: PreviewContext,
  wanted: ParsedInput<'prompt.preview'>,
  signal: AbortSignal,
): Promise<PromptPreview> {
  const project = await ports.scan(wanted.root, { signal });
  const jobs: PromptJob[] = [];
  const taught = new Map<string, KnownFile>();
  for (const artifact of requestOf(ports, project, wanted, batchSize)) {
    const job = promptJob(ports, project, artifact);
    jobs.push(job);
    const known = await askMemory(learning, ports, project, job, signal);
    for (const [path, file] of known) taught.set(path, file);
  }
  const input = { project, jobs, contextTokens, taught, repair: null };
  const { system, prompt, files, redactions } = await buildPrompt(input, signal);
  const model = wanted.model ?? (await modelOf(wanted.use, signal).catch(() => ''));
  const tokens = estimateTokens(system) + estimateTokens(prompt);
  const artifacts = jobs.map(({ artifact: { kind, service } }) => ({
    kind,
    service: service?.name ?? null,
  }));
  return { provider: wanted.use, model, artifacts, system, prompt, tokens, files, redactions };
}

/** The artifacts of the request in which a run asks for the wanted one, as the queue cuts them. */
function requestOf(
  ports: GenerationPorts,
  project: ScanResult,
  { kind, service, run }: ParsedInput<'prompt.preview'>,
  set: number,
): readonly PlannedArtifact[] {
  const isWanted = (planned: PlannedArtifact): boolean =>
    planned.kind === kind && (planned.service?.name ?? null) === service;
  const all = run ? ports.plan(project, run.kinds, run.services) : [];
  const at = all.findIndex(isWanted);
  if (at >= 0) {
    const size = run?.batchSize ?? set;
    const first = at - (at % size);
    return all.slice(first, first + size);
  }
  const names = service === null ? undefined : [service];
  const alone = ports.plan(project, [kind], names).find(isWanted);
  if (alone) return [alone];
  const whose = service === null ? 'of the whole project' : `of a service called "${service}"`;
  throw new OmegaError(
    'NOT_FOUND',
    `There is no ${kind} ${whose} to make here; look at the scan for what was found.`,
  );
}
