import type { Command } from 'commander';
import { loopTypes } from '#shared/loops.ts';
import { addGroup } from './add-group.ts';
import {
  loopHistoryCommand,
  loopListCommand,
  loopReportCommand,
  loopRunCommand,
} from './commands/loops.ts';
import { parseCycles } from './parse-options.ts';
import type { Perform } from './perform.ts';

/** Adds `omega loop` to the command line. */
export function addLoops(program: Command, perform: Perform): void {
  const loop = addGroup(program, 'loop', 'show and run the loops by which Omega tends itself');
  loop
    .command('list', { isDefault: true })
    .description('show every loop: how it is and why, how often it looks, what came of it last')
    .action(() => perform((session) => loopListCommand(session)));
  loop
    .command('run <type>')
    .description(`run a cycle now, of ${loopTypes.join(', ')}`)
    .option('--input <json>', 'its data, context and objectives; - reads standard input')
    .action((type: string, options: { readonly input?: string }) =>
      perform((session) => loopRunCommand(session, type, options)),
    );
  loop
    .command('history [type]')
    .description('show the latest cycles, what they found and did')
    .option('--limit <n>', 'at most so many, 1 to 200', parseCycles, 20)
    .action((type: string | undefined, options: { readonly limit: number }) =>
      perform((session) => loopHistoryCommand(session, type, options.limit)),
    );
  loop
    .command('report')
    .description('print what your projects have in common, as the transcendent loop found it')
    .action(() => perform((session) => loopReportCommand(session)));
}
