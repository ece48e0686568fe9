import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type DomainName,
  domainNames,
  type IntelligenceSpecInput,
  usualCapability,
} from '#shared/intelligence.ts';
import { addGroup } from './add-group.ts';
import {
  intelligenceApplyCommand,
  intelligenceCompareCommand,
  intelligenceCreateCommand,
  intelligenceListCommand,
  intelligenceRollbackCommand,
  intelligenceShowCommand,
} from './commands/intelligence.ts';
import { tuneCommand } from './commands/tune.ts';
import { parseBudget, parseLimit, parseSeconds, parseShare, parseWhole } from './parse-options.ts';
import type { Perform } from './perform.ts';

type SearchOptions = {
  readonly budget: number;
  readonly evaluations: number;
  readonly seed: number;
  readonly minCapability?: number;
  readonly cost: number;
  readonly latency?: number;
};

/** Adds `omega tune` and `omega intelligence` to the command line. */
export function addIntelligence(program: Command, perform: Perform): void {
  const tune = program
    .command('tune <domain>')
    .description('look for settings that are better on this machine with your data, and apply them')
    .option('--yes', 'apply what is clearly better without asking')
    .option('--no-apply', 'change nothing, only say what was found');
  withSearchOptions(tune).action(
    (domain: string, options: SearchOptions & { yes?: true; apply: boolean }) => {
      const name = domainOf(domain);
      const spec = specOf(`tuned ${name}`, name, options);
      const applying = options.yes ? 'yes' : options.apply ? 'ask' : 'no';
      return perform((session) => tuneCommand(session, spec, applying));
    },
  );
  const group = addGroup(program, 'intelligence', 'find, compare and apply measured settings');
  const create = group
    .command('create <name>')
    .description('search for settings that do at least what is asked for')
    .addOption(
      new Option('--domain <name>', 'what to tune').choices(domainNames).default('embedding'),
    );
  withSearchOptions(create).action(
    (name: string, options: SearchOptions & { domain: DomainName }) =>
      perform((session) =>
        intelligenceCreateCommand(session, specOf(name, options.domain, options)),
      ),
  );
  addKept(group, perform);
}

function addKept(group: Command, perform: Perform): void {
  group
    .command('list', { isDefault: true })
    .description('list what was found, the newest first')
    .addOption(new Option('--domain <name>', 'only of that domain').choices(domainNames))
    .option('--limit <n>', 'at most so many, 1 to 1000', parseLimit, 20)
    .action(({ domain, limit }: { readonly domain?: DomainName; readonly limit: number }) =>
      perform((session) => intelligenceListCommand(session, domain ?? null, limit)),
    );
  group
    .command('show <id>')
    .description('show one, with its fitness and what it was measured with')
    .action((id: string) => perform((session) => intelligenceShowCommand(session, id)));
  group
    .command('apply <id>')
    .description('put its settings in force; a running app takes them up at once')
    .action((id: string) => perform((session) => intelligenceApplyCommand(session, id)));
  group
    .command('rollback <id>')
    .description('put back the settings that were in force before it')
    .action((id: string) => perform((session) => intelligenceRollbackCommand(session, id)));
  group
    .command('compare <one> <other>')
    .description('measure two in turn until one is clearly better, or the time is over')
    .option('--budget <time>', 'longest that it takes, as 60s or 5m', parseSeconds, 60)
    .action((one: string, other: string, { budget }: { readonly budget: number }) =>
      perform((session) => intelligenceCompareCommand(session, one, other, budget)),
    );
}

function withSearchOptions(command: Command): Command {
  return command
    .option('--budget <time>', 'longest that it takes, as 60s or 5m', parseSeconds, 60)
    .option('--evaluations <n>', 'most measurements', parseWhole, 200)
    .option('--min-capability <share>', 'least share of the work to be done right', parseShare)
    .option('--latency <ms>', 'longest that one piece of work may take', parseWhole)
    .option('--cost <usd>', 'what calls to models may cost', parseBudget, 0)
    .option('--seed <n>', 'the same seed looks in the same places', parseWhole, 1);
}

function specOf(name: string, domain: DomainName, options: SearchOptions): IntelligenceSpecInput {
  const { budget, evaluations, seed, minCapability, cost, latency } = options;
  return {
    ...{ name, domain, seed },
    minCapability: minCapability ?? usualCapability[domain],
    budget: { evaluations, seconds: budget, costUsd: cost },
    constraints: latency === undefined ? {} : { latencyMs: latency },
  };
}

function domainOf(text: string): DomainName {
  const domain = domainNames.find((one) => one === text);
  if (domain) return domain;
  throw new InvalidArgumentError(
    `There is no domain "${text}"; there are ${domainNames.join(', ')}.`,
  );
}
