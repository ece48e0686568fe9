import { availableParallelism } from 'node:os';
import { ExactEngine } from '#main/acceleration/vectors/engines/exact-engine.ts';
import { type Corpus, peersFolder } from './corpus.ts';
import { Peer } from './peer.ts';
import type { PeerSetup } from './peer-index.ts';
import { recall } from './recall.ts';
import { benchCorpus } from './setup.ts';
import { median, rounded, timed } from './statistics.ts';
import { VectorApp } from './vector-app.ts';

/** Neighbours that recall looks at. */
const k = 10;
/** What peers have to reach, so that all are compared at one recall. */
const recallTarget = 0.99;
/** Searches under way at once: through a process border one alone waits more than it works. */
const inFlight = 8;

/** What `bench -- vectors` prints. Rates are queries per second, medians of `rounds`. */
export type VectorFigures = {
  readonly suite: 'vectors';
  readonly vectors: number;
  readonly queries: number;
  readonly dimensions: number;
  readonly rounds: number;
  readonly engine: string;
  readonly effort: number | null;
  readonly recallAt10: number;
  readonly queriesPerSecond: number;
  readonly queriesPerSecondAlone: number;
  /** Median of the ratio of each round: the app over the better of the peers. */
  readonly ratioToBestPeer: number;
  /** The same over bare usearch with the app's own quantisation and parameters. */
  readonly ratioToBare: number;
  readonly peers: Readonly<Record<string, object>>;
  readonly buildSeconds: number;
  /** Of the index' file, by vector. */
  readonly bytesPerVector: number;
  /** From an insert to the search that found it, in ms; the median of 100. */
  readonly insertThenFoundMs: number;
  readonly trials: readonly object[];
};

/** Measures the app's index against bare packages on real embeddings, in turn. */
export async function vectorsSuite(short: boolean): Promise<VectorFigures> {
  const corpus = await benchCorpus(short);
  const size = {
    base: corpus.base.length / corpus.dimensions,
    queries: corpus.queries.length / corpus.dimensions,
  };
  const truth = exactKeys(corpus);
  const recallOf = (keys: Float64Array): number => recall(keys, truth, k);
  const app = new VectorApp(corpus.dimensions, short ? 'usearch' : 'auto');
  const peers: Record<string, Peer> = {};
  try {
    await app.fill(corpus.base);
    const buildMs = await timed(() => app.collection.ready());
    const { record } = app.collection.describe();
    const bytes = (await app.collection.save()) ?? 0;
    const quantisation = 'quantisation' in record.choice ? record.choice.quantisation : 'f32';
    for (const [name, setup] of Object.entries(setups(corpus, quantisation, short))) {
      peers[name] = await Peer.open(setup);
    }
    const peerRecall: Record<string, number> = {};
    for (const [name, peer] of Object.entries(peers)) {
      if (name === 'bare') {
        peer.ef = record.effort ?? 64;
        peerRecall[name] = recallOf((await peer.pass()).keys);
      } else peerRecall[name] = await peer.reach(recallTarget, recallOf);
    }
    const found = recallOf((await app.pass(corpus.queries, inFlight)).keys);
    const rounds = await inTurn(app, peers, corpus, short ? 1 : 9);
    const rate = (name: string): number => rounded(median(rounds.map((one) => one[name] ?? 0)), 0);
    const ratio = (against: (round: Round) => number): number =>
      rounded(median(rounds.map((round) => (round.app ?? 0) / against(round))), 3);
    return {
      suite: 'vectors',
      vectors: size.base,
      queries: size.queries,
      dimensions: corpus.dimensions,
      rounds: rounds.length,
      engine: Object.values(record.choice).join(' '),
      effort: record.effort,
      recallAt10: rounded(found, 4),
      queriesPerSecond: rate('app'),
      queriesPerSecondAlone: rate('alone'),
      ratioToBestPeer: ratio((round) => Math.max(round.hnswlib ?? 0, round.usearch ?? 0)),
      ratioToBare: ratio((round) => round.bare ?? 0),
      peers: Object.fromEntries(
        Object.entries(peers).map(([name, { ef, buildMs: ms }]) => [
          name,
          {
            queriesPerSecond: rate(name),
            recallAt10: rounded(peerRecall[name] ?? 0, 4),
            ef,
            buildSeconds: rounded(ms / 1000, 1),
          },
        ]),
      ),
      buildSeconds: rounded((record.figures?.buildMs ?? buildMs) / 1000, 1),
      bytesPerVector: Math.round(bytes / size.base),
      insertThenFoundMs: await insertThenFound(app, corpus),
      trials: record.trials.map(({ choice, ...figures }) => ({
        engine: Object.values(choice).join(' '),
        ...figures,
      })),
    };
  } finally {
    await app.dispose();
    await Promise.all(Object.values(peers).map((peer) => peer.dispose()));
  }
}

type Round = Readonly<Record<string, number>>;

function setups(
  corpus: Corpus,
  quantisation: 'bf16' | 'f16' | 'f32',
  short: boolean,
): Record<string, PeerSetup> {
  const { dimensions, base, queries } = corpus;
  const common = { peersFolder, dimensions, base, queries, threads: availableParallelism() };
  return {
    // The short form is a test, and runs where the peers are not installed.
    ...(short ? {} : { hnswlib: { ...common, kind: 'hnswlib', quantisation: 'f32' } }),
    usearch: { ...common, kind: 'usearch', quantisation: 'f32' },
    bare: { ...common, kind: 'usearch', quantisation },
  };
}

/** One after the other within a round, so that what else the machine does meets all of them. */
async function inTurn(
  app: VectorApp,
  peers: Readonly<Record<string, Peer>>,
  { queries, dimensions }: Corpus,
  count: number,
): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  const perSecond = (ms: number): number => (queries.length / dimensions / ms) * 1000;
  for (let round = 0; round < count; round += 1) {
    const rates: Record<string, number> = {};
    rates.app = perSecond((await app.pass(queries, inFlight)).ms);
    for (const [name, peer] of Object.entries(peers)) rates[name] = await peer.rate();
    rates.alone = perSecond((await app.pass(queries, 1)).ms);
    rounds.push(rates);
  }
  return rounds;
}

async function insertThenFound(app: VectorApp, { queries, base }: Corpus): Promise<number> {
  const times: number[] = [];
  for (let query = 0; query < Math.min(100, queries.length / 384); query += 1) {
    const vector = app.row(queries, query);
    const began = performance.now();
    await app.collection.upsert([{ id: `new${query}`, vector, metadata: {} }]);
    const [hit] = await app.collection.search(vector, { k: 1 });
    times.push(performance.now() - began);
    if (hit?.id !== `new${query}`) throw new Error(`An insert among ${base.length} was not found.`);
  }
  return rounded(median(times), 2);
}

function exactKeys({ base, queries, dimensions }: Corpus): Float64Array {
  const engine = new ExactEngine(dimensions);
  engine.add(
    Float64Array.from({ length: base.length / dimensions }, (_, key) => key),
    base,
  );
  return engine.search(new Float32Array(queries), k).keys;
}
