import { Command, Option } from 'commander';
import { logLevels } from '#shared/settings/log-settings.ts';
import { addAgentDb } from './add-agentdb.ts';
import { addCache } from './add-cache.ts';
import { addGenerate } from './add-generate.ts';
import { addIntelligence } from './add-intelligence.ts';
import { addLoops } from './add-loops.ts';
import { addMemory } from './add-memory.ts';
import { addProviders } from './add-providers.ts';
import { applyCommand } from './commands/apply.ts';
import { configGetCommand, configListCommand, configSetCommand } from './commands/config.ts';
import { devicesCommand } from './commands/devices.ts';
import { type EventsOptions, eventsCommand } from './commands/events.ts';
import { explainCommand } from './commands/explain.ts';
import { healthCommand } from './commands/health.ts';
import { historyCommand } from './commands/history.ts';
import { type LogsOptions, logsCommand } from './commands/logs.ts';
import { metricsCommand } from './commands/metrics.ts';
import { scanCommand } from './commands/scan.ts';
import { undoCommand } from './commands/undo.ts';
import { validateCommand } from './commands/validate.ts';
import { exitCodesHelp } from './exit-codes.ts';
import { parseLimit, parseLines, parsePatterns, parseTrace } from './parse-options.ts';
import type { Perform } from './perform.ts';
import type { Terminal } from './terminal.ts';

type WriteOptions = { readonly overwrite?: true; readonly dryRun?: true };

/** The `omega` command line; throws `CommanderError` for wrong usage instead of ending the process. */
export function createProgram(version: string, terminal: Terminal, perform: Perform): Command {
  const program = new Command('omega')
    .description('Reads the source of projects and writes their infrastructure files, offline.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(omega --help shows the usage)')
    .addHelpText('after', exitCodesHelp);
  addReading(program, perform);
  addEvents(program, perform);
  addExplain(program, terminal);
  addGenerate(program, perform);
  addWriting(program, perform);
  addMemory(program, perform);
  addAgentDb(program, perform);
  addLoops(program, perform);
  addIntelligence(program, perform);
  addProviders(program, perform);
  addCache(program, perform);
  addConfig(program, perform);
  addObserving(program, terminal, perform);
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    if (command.commands.length > 0) continue;
    command.option('--json', 'print one JSON document on stdout, everything else on stderr');
    command.addHelpText('after', exitCodesHelp);
  }
  return program;
}

function addReading(program: Command, perform: Perform): void {
  program
    .command('scan <dir>')
    .description('show the services of a project, with the evidence of each fact')
    .action((dir: string) => perform((session) => scanCommand(session, dir)));
  program
    .command('validate <paths...>')
    .description('validate files, or all infrastructure files of folders')
    .action((paths: string[]) => perform((session) => validateCommand(session, paths)));
  program
    .command('history [dir]')
    .description('list runs and checkpoints, of one project or of all')
    .action((dir?: string) => perform((session) => historyCommand(session, dir)));
  program
    .command('health')
    .description('try the real work of every part of the runtime and say how each is')
    .action(() => perform((session) => healthCommand(session)));
  program
    .command('devices')
    .description('try the processors that embeddings can run on, and show which one is used')
    .option('--self-test', 'embed a few sentences and show how fast and on what')
    .action((options: { readonly selfTest?: true }) =>
      perform((session) => devicesCommand(session, options.selfTest === true)),
    );
}

function addEvents(program: Command, perform: Perform): void {
  program
    .command('events')
    .description('show what happened in every process of the data folder, oldest first')
    .option('--types <list>', 'kinds (memory.stored, error) and nouns (memory.*)', parsePatterns)
    .option('--limit <n>', 'the latest ones only, 1 to 1000', parseLimit, 50)
    .option('--follow', 'go on until Ctrl-C; with --json, one document a line')
    .action((options: EventsOptions) =>
      // Who looks on must not fill what is looked at.
      perform((session) => eventsCommand(session, options), { keepsEvents: false }),
    );
}

/** Needs no session: it works where the data folder does not. */
function addExplain(program: Command, terminal: Terminal): void {
  program
    .command('explain [rule]')
    .description('say why a rule speaks and what to do; without a rule, list those it can explain')
    .action((rule?: string) => explainCommand(terminal, rule));
}

function addWriting(program: Command, perform: Perform): void {
  program
    .command('apply <run>')
    .description('write the proposals of a run that were not rejected')
    .option('--overwrite', 'replace files that Omega did not write')
    .option('--dry-run', 'say what would be written and write nothing')
    .action((run: string, options: WriteOptions) =>
      perform((session) => applyCommand(session, run, options)),
    );
  program
    .command('undo [checkpoint]')
    .description('restore what was there before a write; the last one of this folder by default')
    .option('--last <dir>', 'the last write to that project')
    .action((checkpoint: string | undefined, options: { readonly last?: string }) =>
      perform((session) => undoCommand(session, checkpoint, options.last)),
    );
}

function addConfig(program: Command, perform: Perform): void {
  const config = program.command('config').description('show and change the settings');
  config
    .command('list', { isDefault: true })
    .description('show every setting, where its value comes from and what it takes')
    .action(() => perform((session) => configListCommand(session)));
  config
    .command('get <name>')
    .description('print one value')
    .action((name: string) => perform((session) => configGetCommand(session, name)));
  config
    .command('set <name> <value>')
    .description('change a setting; a running app takes it up at once')
    .action((name: string, value: string) =>
      perform((session) => configSetCommand(session, name, value)),
    );
}

function addObserving(program: Command, terminal: Terminal, perform: Perform): void {
  program
    .command('metrics')
    .description('show what the running app counted: calls, failures and times')
    .option('--prometheus', "print Prometheus' text format")
    .action((options: { readonly prometheus?: true }) =>
      perform((session) => metricsCommand(session, options.prometheus === true)),
    );
  // Needs no session: it works where the store does not.
  program
    .command('logs')
    .description('show the log of every process that uses the data folder')
    .option('--follow', 'go on with what comes, until Ctrl-C; with --json one record a line')
    .addOption(new Option('--level <level>', 'the least that is shown').choices(logLevels))
    .option('--trace <id>', 'only what belongs to that trace; its first digits do', parseTrace)
    .option('--lines <n>', 'how many of the last records, up to 100000', parseLines, 50)
    .action((options: LogsOptions) => logsCommand(terminal, options));
}
