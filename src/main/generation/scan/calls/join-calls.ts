import type { Called, EnvVar, Service } from '#shared/scan.ts';
import { isPublicAddress } from '../../public-addresses.ts';
import type { Place } from '../draft.ts';
import type { Signal } from '../source-signals.ts';
import { type NameMatch, ServiceNames } from './match-name.ts';
import { addressName, formOf } from './variable-form.ts';

/** A service, and what its sources and settings say of others. */
export type Caller = {
  readonly service: Service;
  /** Names that others know it by beside its own, such as the one that it registers under. */
  readonly aliases: ReadonlySet<string>;
  /** Names that stand where an address would: `lb://cart`, `http://cart/`. */
  readonly named: readonly { readonly name: string; readonly at: Place }[];
  /** By variable, what the source takes where it is not set. */
  readonly fallbacks: ReadonlyMap<string, string>;
};

/** What signals say of calls: the names in place of addresses, and the defaults of variables. */
export function callSignals(own: readonly Signal[]): Pick<Caller, 'named' | 'fallbacks'> {
  const named: { readonly name: string; readonly at: Place }[] = [];
  const fallbacks = new Map<string, string>();
  for (const { fact, value, file, line } of own) {
    if (fact === 'called') named.push({ name: value, at: { file, line } });
    if (fact !== 'fallback' && fact !== 'address') continue;
    const at = value.indexOf('=');
    fallbacks.set(value.slice(0, at), value.slice(at + 1));
  }
  return { named, fallbacks };
}

/**
 * Adds to each service those of the others that it calls: by variables whose name fits exactly one of
 * them, and by names in the source in place of an address. A variable that fits several is left to the
 * user, and an unknown says so.
 */
export function joinCalls(callers: readonly Caller[]): readonly Service[] {
  const listening = callers.filter(
    ({ service: { kind } }) => kind === 'web' || kind === 'static' || kind === 'worker',
  );
  const names = new ServiceNames(
    listening.map(({ service, aliases }) => ({
      item: service,
      names: [service.name, service.path.split('/').at(-1) ?? '', ...aliases],
    })),
  );
  return callers.map((caller) => joined(caller, names));
}

function joined(caller: Caller, names: ServiceNames<Service>): Service {
  const { service } = caller;
  if (service.kind === 'library' || service.kind === 'cli') return service;
  const found = new Map<string, Called>();
  const doubts: { readonly variable: EnvVar; readonly items: readonly Service[] }[] = [];
  const add = (one: Called) => {
    const key = `${one.service}\0${one.variable ?? ''}`;
    if (!found.has(key)) found.set(key, one);
  };
  const settled = new Set(service.env.filter(isSettled).map(({ name }) => name));
  for (const variable of service.env) {
    const { name, file, line } = variable;
    const shape = settled.has(name) ? null : shapeOf(variable, caller);
    if (shape === null) continue;
    const match = matchOf(shape, names, service);
    if (match.type === 'several') doubts.push({ variable, items: match.items });
    if (match.type !== 'one') continue;
    const { form, path } = shape;
    add({ service: match.item.name, variable: name, form, path, file, line });
  }
  for (const { name, at } of caller.named) {
    const match = others(names.exact(name), service);
    const isKnown =
      match.type === 'one' &&
      (service.env.some(({ sibling }) => sibling === match.item.path) ||
        [...found.values()].some(isOf(match.item.name)));
    if (match.type !== 'one' || isKnown) continue;
    add({ service: match.item.name, variable: null, form: 'url', path: '', ...at });
  }
  const calls = [...found.values()].filter(
    (one, _, all) => one.form !== 'port' || isHosted(one, all),
  );
  if (calls.length === 0 && doubts.length === 0) return service;
  return {
    ...service,
    ...(calls.length === 0 ? {} : { calls }),
    evidence: [...service.evidence, ...calls.map(evidenceOf)],
    unknowns: [...service.unknowns, ...doubts.map(doubtOf)],
  };
}

/** What a variable holds by an author's model or settings needs no guess by its name. */
function isSettled({ sibling, value, connection }: EnvVar): boolean {
  return sibling !== undefined || value !== undefined || connection !== undefined;
}

const isOf = (name: string) => (one: Called) => one.service === name;

/** A port alone is one of another service only beside the host of the same. */
function isHosted({ service }: Called, all: readonly Called[]): boolean {
  return all.some((one) => one.form === 'host' && one.service === service);
}

function evidenceOf({ service, variable, file, line }: Called): Service['evidence'][number] {
  const value = variable === null ? service : `${service} by ${variable}`;
  return { fact: 'calls', value, file, line };
}

function doubtOf({
  variable: { name, file, line },
  items,
}: {
  readonly variable: EnvVar;
  readonly items: readonly Service[];
}): Service['unknowns'][number] {
  const all = items.map((one) => one.name).join(' and ');
  return {
    fact: 'calls',
    reason: `${name} (${file}:${line}) fits the names of ${all}: set it to the address of the one that is meant.`,
  };
}

/** What a variable would hold: the words that may name a service, and its form. */
type Shape = Pick<Called, 'form' | 'path'> & {
  readonly stem: string;
  /** The host that the source takes where the variable is not set; null where there is none. */
  readonly host: string | null;
};

function shapeOf(variable: EnvVar, { service, fallbacks }: Caller): Shape | null {
  const { name } = variable;
  const read = addressName(name);
  if (read === null) return null;
  const system = read.stem.toLowerCase();
  if (service.backingServices.some((one) => system.includes(one))) return null;
  const fallback = variable.address ?? fallbacks.get(name) ?? '';
  const told = formOf(fallback);
  // What the source takes elsewhere is an address in the world outside, or none at all.
  if (fallback !== '' && (told === null || isOutside(fallback))) return null;
  // A host alone is what an address begins with, unless the name says that it is meant so.
  const form =
    told?.form === 'host' && read.form === 'url' ? 'authority' : (told?.form ?? read.form);
  if (form === 'url' && isPublicAddress(name)) return null;
  const host = /^(?:http:\/\/)?([a-zA-Z][\w-]*)/.exec(fallback)?.[1] ?? null;
  return { stem: read.stem, host, form, path: told?.path ?? '' };
}

function isOutside(fallback: string): boolean {
  const [, host = ''] = /^(?:http:\/\/)?([\w.-]+)/.exec(fallback) ?? [];
  return host.includes('.') && !/^(?:127\.0\.0\.1|0\.0\.0\.0)$|\.(?:svc|local)(?:\.|$)/.test(host);
}

function matchOf(
  { stem, host }: Shape,
  names: ServiceNames<Service>,
  service: Service,
): NameMatch<Service> {
  const byHost = host === null ? null : others(names.exact(host), service);
  return byHost?.type === 'one' ? byHost : others(names.best(stem), service);
}

/** A service does not call itself, nor another process of the same sources. */
function others(match: NameMatch<Service>, { path }: Service): NameMatch<Service> {
  const isOwn = (item: Service) => item.path === path;
  if (match.type === 'one') return isOwn(match.item) ? { type: 'none' } : match;
  if (match.type === 'several' && match.items.some(isOwn)) return { type: 'none' };
  return match;
}
