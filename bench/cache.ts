import { requestKey } from '#main/providers/gate/request-key.ts';
import { answer, cacheApp, requestOf } from './cache-app.ts';
import { median, rounded } from './statistics.ts';

/** What `bench -- cache` prints; each figure is the median of the repeats. */
export type CacheFigures = {
  readonly suite: 'cache';
  readonly requestBytes: number;
  readonly answerBytes: number;
  /** A look-up of a 4 KiB request that is hashed anew, found in memory or (no memory) on disk. */
  readonly memoryHitP50Us: number;
  readonly diskHitP50Us: number;
  /** 100 answers from disk, with their keys, and with their requests, which are hashed. */
  readonly batchGet100Ms: number;
  readonly batchGet100HashedMs: number;
  /** A whole call through the gate that the cache answers. */
  readonly cachedRequestP50Ms: number;
  readonly singleFlight: { readonly requests: number; readonly providerCalls: number };
  /** sha256 with a Map, and with a table of better-sqlite3, bounded by nothing. */
  readonly bare: {
    readonly memoryHitP50Us: number;
    readonly diskHitP50Us: number;
    readonly batchGet100Ms: number;
  };
  /** Ours over bare, repeat by repeat. */
  readonly ratioToBare: {
    readonly memoryHit: number;
    readonly diskHit: number;
    readonly batchGet100: number;
  };
};

type Work = () => Promise<unknown>;

/** The cache and the gate in front of it, against a bare Map and a bare table, in turn. */
export async function cacheSuite(short: boolean): Promise<CacheFigures> {
  const [rounds, count] = short ? [2, 100] : [21, 1_000];
  const app = cacheApp();
  try {
    const requests = Array.from({ length: count }, (_, at) => requestOf(at));
    const owner = { provider: 'ollama', project: null };
    const keys = requests.map(requestKey);
    await app.cache.setMany(keys.map((key) => ({ key, owner, response: answer })));
    for (const request of requests) app.bare.set(app.bare.key(request), answer);
    const bareKeys = requests.map(app.bare.key).slice(0, 100);
    const signal = new AbortController().signal;
    const options = { signal, cache: 'use', runId: null, project: null, fallbacks: [] } as const;
    const works = {
      memory: each(requests, async (one) => found(await app.cache.get(requestKey(one)))),
      bareMemory: each(requests, async (one) =>
        found(await app.bare.fromMemory(app.bare.key(one))),
      ),
      disk: each(requests, async (one) => found(await app.disk.get(requestKey(one)))),
      bareDisk: each(requests, async (one) => found(await app.bare.fromDisk(app.bare.key(one)))),
      batch: [async () => all(await app.disk.getMany(keys.slice(0, 100)))],
      bareBatch: [async () => all(await app.bare.many(bareKeys))],
      hashed: [async () => all(await app.disk.getMany(requests.slice(0, 100).map(requestKey)))],
      gate: each(requests, async (one) => found(await app.gate.call(one, options))),
    };
    const names = Object.keys(works) as (keyof typeof works)[];
    const times = Object.fromEntries(names.map((name) => [name, [] as number[]]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const name of names) {
        const p50 = await medianUs(works[name]);
        // The first round warms up.
        if (round > 0) times[name]?.push(p50);
      }
    }
    if (app.calls() !== 0) throw new Error('The gate asked the provider for what is cached.');
    const us = (name: keyof typeof works): number => median(times[name] ?? []);
    const ratio = (ours: keyof typeof works, bare: keyof typeof works): number =>
      rounded(median((times[ours] ?? []).map((one, at) => one / (times[bare]?.[at] ?? one))));
    await Promise.all(Array.from({ length: 100 }, () => app.gate.call(requestOf(-1), options)));
    return {
      suite: 'cache',
      requestBytes: Buffer.byteLength(JSON.stringify(requests[0])),
      answerBytes: Buffer.byteLength(answer.text),
      memoryHitP50Us: rounded(us('memory')),
      diskHitP50Us: rounded(us('disk')),
      batchGet100Ms: rounded(us('batch') / 1_000, 3),
      batchGet100HashedMs: rounded(us('hashed') / 1_000, 3),
      cachedRequestP50Ms: rounded(us('gate') / 1_000, 4),
      singleFlight: { requests: 100, providerCalls: app.calls() },
      bare: {
        memoryHitP50Us: rounded(us('bareMemory')),
        diskHitP50Us: rounded(us('bareDisk')),
        batchGet100Ms: rounded(us('bareBatch') / 1_000, 3),
      },
      ratioToBare: {
        memoryHit: ratio('memory', 'bareMemory'),
        diskHit: ratio('disk', 'bareDisk'),
        batchGet100: ratio('batch', 'bareBatch'),
      },
    };
  } finally {
    await app.dispose();
  }
}

function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>): readonly Work[] {
  return items.map((item) => () => work(item));
}

async function medianUs(works: readonly Work[]): Promise<number> {
  const times: number[] = [];
  for (const work of works) {
    const start = performance.now();
    await work();
    times.push((performance.now() - start) * 1_000);
  }
  return median(times);
}

/** A figure of a miss would be a wrong one. */
function found(one: { readonly text: string } | null): void {
  if (one?.text !== answer.text) throw new Error('The cache did not find what it keeps.');
}

function all(many: readonly ({ readonly text: string } | null)[]): void {
  for (const one of many) found(one);
}
