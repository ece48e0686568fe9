import { type Command, Option } from 'commander';
import { ensemblePresets } from '#shared/providers.ts';
import { addRequestOptions } from './add-request-options.ts';
import { addTargetOptions } from './add-target-options.ts';
import { type GenerateOptions, generateCommand } from './commands/generate.ts';
import { type ResumeOptions, resumeCommand } from './commands/resume.ts';
import { generateSettings } from './generate-settings.ts';
import { parseBatchSize, parseBudget, parseConcurrency, parseProviders } from './parse-options.ts';
import type { Perform } from './perform.ts';

const verbose = 'list every file with all that was found in it, however many they are';

/** Adds `omega generate` and `omega resume` to the command line. */
export function addGenerate(program: Command, perform: Perform): void {
  const command = program
    .command('generate <dirs...>')
    .description('make infrastructure files as proposals; with --write also write them');
  addRequestOptions(command)
    .option('--metrics <file>', 'figures of CPU and memory: Prometheus’ answers, or kubectl top')
    .option('--write', 'write the files into the projects; `omega undo` takes it back')
    .addOption(new Option('--apply', 'the same as --write').implies({ write: true }))
    .option('--overwrite', 'let the write replace files that Omega did not write')
    .addOption(
      new Option('--out <dir>', 'write the files to another folder').conflicts(['write', 'apply']),
    )
    .option('--dry-run', 'show the differences and write nothing')
    .option('--verbose', verbose);
  addTargetOptions(command);
  addModelOptions(command);
  addPaceOptions(command);
  command.action((dirs: string[], options: GenerateOptions) =>
    perform((session) => generateCommand(session, dirs, options), {
      env: generateSettings(options),
    }),
  );
  program
    .command('resume <run>')
    .description('go on with a run that is paused, or whose process died')
    .option('--budget <usd>', 'US dollars that it may cost in all', parseBudget)
    .option('--verbose', verbose)
    .action((run: string, options: ResumeOptions) =>
      perform((session) => resumeCommand(session, run, options)),
    );
}

function addModelOptions(command: Command): void {
  command
    .addOption(
      new Option('--ensemble <preset>', 'ask several times and keep the best').choices([
        ...ensemblePresets,
      ]),
    )
    .option('--members <list>', 'providers of the ensemble', parseProviders)
    .option('--fallbacks <list>', 'providers asked where the first does not answer', parseProviders)
    .option('--budget <usd>', 'US dollars after which the run pauses', parseBudget)
    .option('--show-prompt', 'print what would be sent to the model, and send nothing');
}

function addPaceOptions(command: Command): void {
  command
    .option('--concurrency <n>', 'jobs and requests at once, 1 to 32', parseConcurrency)
    .option('--no-async', 'one job after the other, in order')
    .addOption(new Option('--sync', 'the same as --no-async').implies({ async: false }))
    .option('--batch [size]', 'several files of a project in one request', parseBatchSize)
    .option('--no-batch', 'one file a request');
}
