import { Argument, type Command } from 'commander';
import { type ModelProvider, modelProviders } from '#shared/providers.ts';
import { addGroup } from './add-group.ts';
import {
  keysDeleteCommand,
  keysKeepCommand,
  keysListCommand,
  keysSetCommand,
} from './commands/keys.ts';
import { pricesDeleteCommand, pricesListCommand, pricesSetCommand } from './commands/prices.ts';
import {
  providersListCommand,
  providersModelsCommand,
  providersTestCommand,
} from './commands/providers.ts';
import { parsePrice } from './parse-options.ts';
import type { Perform } from './perform.ts';

const provider = (name: string) => new Argument(name, 'the provider').choices(modelProviders);

/** Adds `omega providers`, `keys` and `prices` to the command line. */
export function addProviders(program: Command, perform: Perform): void {
  addProviderCommands(program, perform);
  addKeys(program, perform);
  addPrices(program, perform);
}

function addProviderCommands(program: Command, perform: Perform): void {
  const about = 'show and try the providers of models';
  const providers = addGroup(program, 'providers', about);
  providers
    .command('list', { isDefault: true })
    .description('show each provider, its key and what it lacks')
    .action(() => perform((session) => providersListCommand(session)));
  providers
    .command('test')
    .addArgument(provider('[id]'))
    .description('ask a provider, or all that lack nothing, whether it answers')
    .action((id?: ModelProvider) => perform((session) => providersTestCommand(session, id)));
  providers
    .command('models')
    .addArgument(provider('<id>'))
    .description('list the models that a provider offers')
    .action((id: ModelProvider) => perform((session) => providersModelsCommand(session, id)));
}

function addKeys(program: Command, perform: Perform): void {
  const keys = addGroup(program, 'keys', 'keep keys of providers; their values are never shown');
  keys
    .command('list', { isDefault: true })
    .description('show where the key of each provider comes from')
    .action(() => perform((session) => keysListCommand(session)));
  keys
    .command('set')
    .addArgument(provider('<id>'))
    .description('keep a key, typed without echo or given on standard input')
    .action((id: ModelProvider) => perform((session) => keysSetCommand(session, id)));
  keys
    .command('keep')
    .addArgument(provider('<id>'))
    .description('keep the key that the environment of this shell gives')
    .action((id: ModelProvider) => perform((session) => keysKeepCommand(session, id)));
  keys
    .command('delete')
    .addArgument(provider('<id>'))
    .description('forget a kept key')
    .action((id: ModelProvider) => perform((session) => keysDeleteCommand(session, id)));
}

function addPrices(program: Command, perform: Perform): void {
  const prices = addGroup(program, 'prices', 'show and set what models cost');
  prices
    .command('list', { isDefault: true })
    .description('list the known prices, in US dollars a million tokens')
    .action(() => perform((session) => pricesListCommand(session)));
  prices
    .command('set')
    .addArgument(provider('<id>'))
    .argument('<model>', 'its name; * stands for anything')
    .argument('<input>', 'US dollars a million tokens of the request', parsePrice)
    .argument('<output>', 'US dollars a million tokens of the answer', parsePrice)
    .description('set a price of your own')
    .action((id: ModelProvider, model: string, input: number, output: number) =>
      perform((session) => pricesSetCommand(session, id, model, input, output)),
    );
  prices
    .command('delete')
    .addArgument(provider('<id>'))
    .argument('<model>', 'its name, as you gave it')
    .description('take back a price of your own')
    .action((id: ModelProvider, model: string) =>
      perform((session) => pricesDeleteCommand(session, id, model)),
    );
}
