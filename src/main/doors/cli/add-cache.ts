import { type Command, Option } from 'commander';
import { type ModelProvider, modelProviders } from '#shared/providers.ts';
import { cacheClearCommand, cacheStatsCommand } from './commands/cache.ts';
import type { Perform } from './perform.ts';

/** Adds `omega cache` to the command line. */
export function addCache(program: Command, perform: Perform): void {
  const cache = program.command('cache').description('show and empty the cache of models’ answers');
  cache
    .command('stats', { isDefault: true })
    .description('show how much it holds')
    .action(() => perform((session) => cacheStatsCommand(session)));
  cache
    .command('clear')
    .description('forget answers: all of them, or those of a provider or a project')
    .addOption(new Option('--provider <id>', 'only what it answered').choices([...modelProviders]))
    .option('--project <dir>', 'only what was asked for that project')
    .action((options: { readonly provider?: ModelProvider; readonly project?: string }) =>
      perform((session) => cacheClearCommand(session, options)),
    );
}
