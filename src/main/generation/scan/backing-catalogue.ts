import { type BackingService, backingServices } from '#shared/scan.ts';
import { brokerClients } from './backing/brokers.ts';
import type { Clients } from './backing/clients.ts';
import { relationalClients } from './backing/relational.ts';
import { storeClients } from './backing/stores.ts';

const clients: Clients<BackingService> = {
  ...relationalClients,
  ...storeClients,
  ...brokerClients,
};

const exact = new Map<string, BackingService>();
const prefixes: { readonly prefix: string; readonly service: BackingService }[] = [];
for (const [service, names] of Object.entries(clients) as [BackingService, readonly string[]][]) {
  for (const name of names) {
    if (name.endsWith('*')) prefixes.push({ prefix: name.slice(0, -1), service });
    else exact.set(name, service);
  }
}

/** The backing service that a client package (or `image:` and the system's name) stands for; null for every other package. */
export function backingOf(dependency: string): BackingService | null {
  const name = dependency.toLowerCase();
  // What a Compose file or a connection URL names is the system itself.
  if (name.startsWith('image:'))
    return backingServices.find((one) => name === `image:${one}`) ?? null;
  return exact.get(name) ?? prefixes.find(({ prefix }) => name.startsWith(prefix))?.service ?? null;
}
