import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileError } from '#main/core/file-error.ts';
import type { Config } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import type { EnsemblePreset, ModelProvider } from '#shared/providers.ts';
import type { RunRequest } from '#shared/run.ts';
import { cacheUse, kindsOf, type RequestOptions } from '../add-request-options.ts';
import type { TargetOptions } from '../add-target-options.ts';
import { type ExitCode, exitCodeOfOutcomes, gravest } from '../exit-codes.ts';
import { followRun } from '../follow-run.ts';
import { proposalDiff } from '../print-diff.ts';
import { printGenerated } from '../print-generated.ts';
import { readMetrics } from '../read-metrics.ts';
import { exitCodeOfRun, proposalsOf } from '../run-result.ts';
import type { Session } from '../session.ts';
import { showPrompts } from '../show-prompts.ts';
import { writeOut } from '../write-out.ts';
import { writeProposals } from './apply.ts';

/** The options of `omega generate`, as commander gives them. */
export type GenerateOptions = RequestOptions &
  TargetOptions & {
    readonly ensemble?: EnsemblePreset;
    readonly members?: readonly ModelProvider[];
    readonly fallbacks?: readonly ModelProvider[];
    readonly budget?: number;
    readonly showPrompt?: true;
    readonly concurrency?: number;
    readonly async: boolean;
    /** True where no size is given; absent where nothing is. */
    readonly batch?: boolean | number;
    readonly metrics?: string;
    readonly write?: true;
    readonly overwrite?: true;
    readonly out?: string;
    readonly dryRun?: true;
    readonly verbose?: true;
  };

/**
 * `omega generate DIR...`: one run over all folders. What no option says is from the configuration,
 * into which those options that are settings have gone already (`generateSettings`).
 */
export async function generateCommand(
  session: Session,
  dirs: readonly string[],
  options: GenerateOptions,
): Promise<ExitCode> {
  await requireFolders(dirs);
  const { config } = await session.call('config.get', {});
  const usage = options.metrics === undefined ? undefined : await readMetrics(options.metrics);
  const request = { ...requestOf(dirs, options, config), ...(usage ? { usage } : {}) };
  if (options.showPrompt) {
    const { kinds } = request;
    const { use } = config.providers;
    const services = options.services ?? null;
    const model = options.model ?? null;
    return showPrompts(session, { dirs, kinds, services, use, model, usage });
  }
  const run = await followRun(session, () => session.call('run.start', request));
  const proposals = await proposalsOf(session, run.id);
  const dryRun = options.dryRun ?? false;
  const overwrite = options.overwrite ?? false;
  const target = { overwrite, dryRun };
  const stopped = session.signal.aborted;
  const writes = options.out === undefined && (options.write || dryRun) && !stopped;
  const reports = writes ? await writeProposals(session, run.id, proposals, target) : [];
  const out =
    options.out === undefined || stopped
      ? []
      : await writeOut(resolve(options.out), proposals, target, session.signal);
  const diffs = dryRun
    ? proposals.map((proposal) => ({
        root: proposal.root,
        path: proposal.path,
        diff: proposalDiff(proposal),
      }))
    : [];
  const result = { run, proposals, reports, out, diffs };
  session.terminal.json(result);
  printGenerated(session.terminal, result, { dryRun, verbose: options.verbose ?? false });
  const outcomes = [...reports, ...out].flatMap((report) => report.outcomes);
  return gravest([exitCodeOfRun(run, proposals), exitCodeOfOutcomes(outcomes)]);
}

function requestOf(dirs: readonly string[], options: GenerateOptions, config: Config): RunRequest {
  return {
    roots: dirs.map((dir) => resolve(dir)),
    kinds: kindsOf(options) ?? config.run.kinds,
    concurrency: config.async.concurrency,
    async: config.async.enabled,
    memory: options.memory,
    use: config.providers.use,
    model: options.model ?? null,
    ensemble: options.ensemble ?? config.providers.ensemble,
    temperature: options.temperature ?? null,
    maxTokens: options.maxTokens ?? null,
    budgetUsd: options.budget ?? null,
    cache: cacheUse(options),
    ...(options.services ? { services: options.services } : {}),
  };
}

/** A mistyped folder, or a file, is wrong usage, before any work begins; an unreadable one fails the run. */
async function requireFolders(dirs: readonly string[]): Promise<void> {
  for (const dir of dirs) {
    const stats = await stat(dir).catch((error: unknown) => {
      throw fileError(error, dir, 'read');
    });
    if (stats.isDirectory()) continue;
    throw new OmegaError('INVALID_INPUT', `"${dir}" is a file; give the folder that holds it.`);
  }
}
