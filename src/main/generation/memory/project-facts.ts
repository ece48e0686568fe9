import { z } from 'zod';
import type { NewMemory } from '#shared/memory.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { ProposalMemory } from './proposal-memory.ts';
import { tagOf } from './target.ts';

/** Services of a project whose facts are remembered; more would be a catalogue, not a memory. */
const maxServices = 200;
const maxFact = 300;

const factsSchema = z.object({ facts: z.record(z.string().max(50), z.string().max(maxFact)) });

/** What a scan adds to memory: `news` by the service's path, and what is to be stored. */
export type FactReview = {
  readonly news: ReadonlyMap<string, string>;
  readonly store: (signal: AbortSignal) => Promise<void>;
};

/** Compares the facts of a project with those remembered; nothing is stored before `store` is called. */
export async function reviewFacts(
  memory: ProposalMemory,
  project: ScanResult,
  signal: AbortSignal,
): Promise<FactReview> {
  const tag = tagOf('project', project.root);
  const { known, stale } = await recallFacts(memory, project, signal);
  const news = new Map<string, string>();
  const work: ((end: AbortSignal) => Promise<unknown>)[] = [];
  for (const service of project.services.slice(0, maxServices)) {
    const key = serviceTag(project, service);
    const draft = factMemory(project.root, service, [tag, key]);
    const before = known.get(key);
    known.delete(key);
    if (!before) {
      work.push((end) => memory.remember(draft, end));
      continue;
    }
    const changes = differences(before.facts, draft.metadata.facts);
    if (changes.length === 0) continue;
    news.set(
      serviceKey(service),
      `Since the last scan ${changes.join('; ')} (memory ${before.id}).`,
    );
    const { text, metadata } = draft;
    work.push((end) => memory.change(before.id, { text, metadata }, end));
  }
  // A service that is no longer there has no facts; rows that cannot be read are nobody's.
  for (const { id } of known.values()) stale.push(id);
  for (const id of stale) work.push((end) => memory.forget(id, end));
  return {
    news,
    store: async (end) => {
      for (const one of work) await one(end);
    },
  };
}

/**
 * The facts of a project's services as they were when files were last made for them, by
 * {@link serviceKey}; a service that is not remembered is not in it.
 */
export async function rememberedFacts(
  memory: ProposalMemory,
  project: ScanResult,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, RememberedFacts>> {
  const { known } = await recallFacts(memory, project, signal);
  return new Map(
    project.services.flatMap((service) => {
      const found = known.get(serviceTag(project, service));
      return found ? [[serviceKey(service), found.facts] as const] : [];
    }),
  );
}

/** Facts of a service by what they are called; lists are separated by spaces. */
export type RememberedFacts = Readonly<Record<string, string>>;

type Recalled = {
  readonly known: Map<string, { readonly id: string; readonly facts: RememberedFacts }>;
  /** Memories that cannot be read, and second ones of a service. */
  readonly stale: string[];
};

async function recallFacts(
  memory: ProposalMemory,
  project: ScanResult,
  signal: AbortSignal,
): Promise<Recalled> {
  const tags = [tagOf('project', project.root)];
  const { memories } = await memory.recall({ types: ['fact'], tags, limit: 1_000 }, signal);
  const known: Recalled['known'] = new Map();
  const stale: string[] = [];
  for (const { memory: found } of memories) {
    const key = found.tags.find((one) => one.startsWith('service:'));
    const { data } = factsSchema.safeParse(found.metadata);
    if (key && data && !known.has(key)) known.set(key, { id: found.id, facts: data.facts });
    else stale.push(found.id);
  }
  return { known, stale };
}

function serviceTag({ root }: ScanResult, { path, name }: Service): string {
  return tagOf('service', `${root}\0${path}\0${name}`);
}

/** What tells the services of one project apart. */
export function serviceKey({ path, name }: Pick<Service, 'path' | 'name'>): string {
  return `${path}\0${name}`;
}

type FactMemory = NewMemory & { readonly metadata: { facts: Record<string, string> } };

function factMemory(root: string, service: Service, tags: string[]): FactMemory {
  const facts = factsOf(service);
  const said = Object.entries(facts).map(([fact, value]) => `${fact}: ${value}`);
  return {
    tier: 'semantic',
    type: 'fact',
    text: `Service "${service.name}" of ${root}: ${said.join(', ')}.`.slice(0, 4_000),
    tags,
    source: 'scan',
    ref: `${root}#${service.path}`.slice(0, 4_096),
    metadata: { facts },
  };
}

function factsOf(service: Service): Record<string, string> {
  const entries: readonly (readonly [string, string | null])[] = [
    ['language', service.language],
    ['framework', service.framework],
    ['version', service.runtimeVersion],
    ['package manager', service.packageManager],
    ['kind', service.kind],
    ['ports', service.ports.join(' ')],
    ['backing services', [...service.backingServices].sort().join(' ')],
    ['health path', service.healthPath],
    ['build', service.build],
    ['start', service.start],
  ];
  return Object.fromEntries(
    entries.flatMap(([fact, value]) => (value ? [[fact, value.slice(0, maxFact)]] : [])),
  );
}

function differences(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names
    .filter((name) => before[name] !== now[name])
    .map((name) => `${name} changed from ${before[name] ?? 'none'} to ${now[name] ?? 'none'}`);
}
