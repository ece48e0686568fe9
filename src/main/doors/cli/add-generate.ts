import { type Command, Option } from 'commander';
import { artifactKinds } from '#shared/artifact.ts';
import { ensemblePresets, type Maker, makers } from '#shared/providers.ts';
import { clouds, collectorModes, computes, existingModes, flavours } from '#shared/target.ts';
import { type GenerateOptions, generateCommand } from './commands/generate.ts';
import { type ResumeOptions, resumeCommand } from './commands/resume.ts';
import { generateSettings } from './generate-settings.ts';
import {
  parseBatchSize,
  parseBudget,
  parseConcurrency,
  parseKinds,
  parseList,
  parseProviders,
  parseTemperature,
  parseTokens,
} from './parse-options.ts';
import type { Perform } from './perform.ts';

/** Adds `omega generate` and `omega resume` to the command line. */
export function addGenerate(program: Command, perform: Perform): void {
  const command = program
    .command('generate <dirs...>')
    .description('make infrastructure files as proposals; with --write also write them')
    .option('--artifacts <list>', `all, or some of ${artifactKinds.join(',')}`, parseKinds)
    .addOption(new Option('--kinds <list>', 'the same as --artifacts').argParser(parseKinds))
    .option('--services <list>', 'only the services with these names', parseList)
    .option('--no-memory', 'use nothing that was learned, and learn nothing')
    .option('--write', 'write the files into the projects; `omega undo` takes it back')
    .addOption(new Option('--apply', 'the same as --write').implies({ write: true }))
    .option('--overwrite', 'let the write replace files that Omega did not write')
    .addOption(
      new Option('--out <dir>', 'write the files to another folder').conflicts(['write', 'apply']),
    )
    .option('--dry-run', 'show the differences and write nothing');
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
    .action((run: string, options: ResumeOptions) =>
      perform((session) => resumeCommand(session, run, options)),
    );
}

function addTargetOptions(command: Command): void {
  const choice = (flags: string, what: string, choices: readonly string[]) =>
    command.addOption(new Option(flags, what).choices([...choices]));
  choice('--flavour <name>', 'kind of Kubernetes cluster', flavours);
  command.addOption(
    new Option('--flavor <name>', 'the same as --flavour').choices([...flavours]).hideHelp(),
  );
  choice('--cloud <name>', 'cloud of Terraform and deployments', clouds);
  choice('--compute <name>', 'what runs the services in the cloud', computes);
  choice('--collector <mode>', 'where the OpenTelemetry Collector runs', collectorModes);
  choice('--existing <mode>', 'small changes to files that you have, or new ones', existingModes);
}

function addModelOptions(command: Command): void {
  command
    .addOption(
      new Option('--provider <id>', 'what makes the files: the blueprints, or a model').choices([
        ...makers,
      ] satisfies Maker[]),
    )
    .option('--model <name>', 'the model of that provider; `omega providers models ID` lists them')
    .option('--temperature <n>', 'how freely it writes, 0 to 2', parseTemperature)
    .option('--max-tokens <n>', 'most tokens of an answer', parseTokens)
    .addOption(
      new Option('--ensemble <preset>', 'ask several times and keep the best').choices([
        ...ensemblePresets,
      ]),
    )
    .option('--members <list>', 'providers of the ensemble', parseProviders)
    .option('--fallbacks <list>', 'providers asked where the first does not answer', parseProviders)
    .option('--budget <usd>', 'US dollars after which the run pauses', parseBudget)
    .option('--show-prompt', 'print what would be sent to the model, and send nothing')
    .option('--no-cache', 'neither use nor keep answers')
    .option('--refresh', 'ask anew, and keep the answers');
}

function addPaceOptions(command: Command): void {
  command
    .option('--concurrency <n>', 'jobs and requests at once, 1 to 32', parseConcurrency)
    .option('--no-async', 'one job after the other, in order')
    .addOption(new Option('--sync', 'the same as --no-async').implies({ async: false }))
    .option('--batch [size]', 'several files of a project in one request', parseBatchSize)
    .option('--no-batch', 'one file a request');
}
