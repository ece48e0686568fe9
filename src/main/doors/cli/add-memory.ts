import { type Command, Option } from 'commander';
import { memoryTiers } from '#shared/memory.ts';
import { addGroup } from './add-group.ts';
import {
  type MemoryFilterOptions,
  memoryGetCommand,
  memoryListCommand,
  memorySearchCommand,
} from './commands/memory.ts';
import {
  type MemoryAddOptions,
  memoryAddCommand,
  memoryConsolidateCommand,
  memoryDeleteCommand,
  memorySizesCommand,
} from './commands/memory-changes.ts';
import { parseLimit, parseList, parseShare, parseTiers } from './parse-options.ts';
import type { Perform } from './perform.ts';

/** Adds `omega memory` to the command line. */
export function addMemory(program: Command, perform: Perform): void {
  const memory = addGroup(program, 'memory', 'show and change what Omega remembers');
  filtered(memory.command('list', { isDefault: true }), 20)
    .description('show the newest memories')
    .action((options: MemoryFilterOptions) =>
      perform((session) => memoryListCommand(session, options)),
    );
  filtered(memory.command('search <text...>'), 10)
    .description('find memories by words and meaning')
    .action((words: string[], options: MemoryFilterOptions) =>
      perform((session) => memorySearchCommand(session, words.join(' '), options)),
    );
  memory
    .command('add <text...>')
    .description('keep a text')
    .addOption(
      new Option('--tier <tier>', 'how long-lived it is')
        .choices(memoryTiers)
        // Nobody types what a minute later is gone again.
        .default('semantic'),
    )
    .option('--type <type>', 'what it is, to filter by', 'fact')
    .option('--tag <list>', 'its tags', parseList)
    .option('--importance <share>', '0 to 1', parseShare, 0.5)
    .action((words: string[], options: MemoryAddOptions) =>
      perform((session) => memoryAddCommand(session, words.join(' '), options)),
    );
  memory
    .command('get <id>')
    .description('show all of one memory')
    .action((id: string) => perform((session) => memoryGetCommand(session, id)));
  memory
    .command('delete <id>')
    .description('forget one memory')
    .action((id: string) => perform((session) => memoryDeleteCommand(session, id)));
  memory
    .command('consolidate')
    .description('put memory in order now: move, merge, fade and drop what is due')
    .action(() => perform((session) => memoryConsolidateCommand(session)));
  memory
    .command('sizes')
    .description('show how many memories each tier holds')
    .action(() => perform((session) => memorySizesCommand(session)));
}

function filtered(command: Command, limit: number): Command {
  return command
    .option('--tier <list>', `some of ${memoryTiers.join(',')}`, parseTiers)
    .option('--type <list>', 'only of these types', parseList)
    .option('--tag <list>', 'only with all of these tags', parseList)
    .option('--limit <n>', 'at most so many, 1 to 1000', parseLimit, limit);
}
