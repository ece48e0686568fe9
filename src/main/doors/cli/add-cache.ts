import { type Command, Option } from 'commander';
import { type ModelProvider, modelProviders } from '#shared/providers.ts';
import { addRequestOptions, type RequestOptions } from './add-request-options.ts';
import { cacheClearCommand, cacheStatsCommand } from './commands/cache.ts';
import {
  cacheAcceptCommand,
  cacheForgetCommand,
  cacheSuggestCommand,
} from './commands/near-answers.ts';
import { parseKey, parseKeyStart } from './parse-options.ts';
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
  addNear(cache, perform);
}

function addNear(cache: Command, perform: Perform): void {
  const suggest = cache
    .command('suggest <dir>')
    .description('list kept answers that are near to what a run would ask; takes none of them');
  addRequestOptions(suggest)
    .option('--files', 'print their files')
    .action((dir: string, options: RequestOptions & { readonly files?: true }) =>
      perform((session) => cacheSuggestCommand(session, dir, options)),
    );
  const accept = cache
    .command('accept <dir>')
    .description('take one of those answers, so that the next run gets it; with the same options')
    .argument('<answer>', 'its key as suggest shows it; the first digits do', parseKeyStart);
  addRequestOptions(accept).action((dir: string, answer: string, options: RequestOptions) =>
    perform((session) => cacheAcceptCommand(session, dir, answer, options)),
  );
  cache
    .command('forget')
    .description('take an accepted answer back')
    .argument('<key>', 'the key of its request, as accept shows it', parseKey)
    .action((key: string) => perform((session) => cacheForgetCommand(session, key)));
}
