import type { Dispatcher } from 'undici';
import type { ConfigStore } from '#main/core/config/config-store.ts';
import type { Environment } from '#main/core/config/environment.ts';
import type { AsyncResource, DisposableStore } from '#main/core/disposable.ts';
import { livePart } from '#main/core/live.ts';
import type { Logger } from '#main/core/logger.ts';
import { LiveProviders } from '#main/providers/live-providers.ts';
import { PriceTable } from '#main/providers/prices/price-table.ts';
import { ProviderKeys } from '#main/secrets/provider-keys.ts';
import type { Storage } from '#main/storage/storage.ts';
import type { OmegaEvent } from '#shared/contract.ts';

/** What the providers of an app are opened with. */
export type OpenProvidersOptions = {
  readonly dataFolder: string;
  readonly env: Environment;
  readonly config: ConfigStore;
  readonly storage: Storage;
  readonly logger: Logger;
  readonly emit: (event: OmegaEvent) => void;
};

/** The providers of models, their keys and their prices. */
export type AppProviders = {
  readonly providers: LiveProviders;
  readonly keys: ProviderKeys;
  readonly prices: PriceTable;
};

/** Opens the providers of an app. No connection is made, and no client loaded, before the first call. */
export function openProviders(
  { dataFolder, env, config, storage, logger, emit }: OpenProvidersOptions,
  resources: DisposableStore,
): AppProviders {
  const settings = livePart(config, (all) => all.providers);
  const keys = new ProviderKeys({
    dataFolder,
    env,
    onWithoutKeyring: (reason) =>
      logger.info({ reason }, 'No keyring works here; keys are kept in encrypted files.'),
  });
  const prices = new PriceTable(storage.prices);
  let opened: Promise<AsyncResource & { readonly dispatcher: Dispatcher }> | null = null;
  const connections = async () => {
    opened ??= import('#main/providers/transport/transport.ts').then(
      ({ Transport }) => new Transport(env),
    );
    return (await opened).dispatcher;
  };
  resources.add({ dispose: async () => (await opened)?.dispose() });
  const stop = settings.listen(() => emit({ type: 'providers.changed' }));
  resources.add({ dispose: stop });
  const timeoutMs = () => config.current.async.timeoutSecs * 1000;
  const providers = new LiveProviders({ settings, timeoutMs, keys, prices, connections });
  return { providers, keys, prices };
}
