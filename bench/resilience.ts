import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  bulkhead,
  circuitBreaker,
  decorrelatedJitterGenerator,
  ExponentialBackoff,
  handleAll,
  retry,
  SamplingBreaker,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { ensurePeers } from '../scripts/lib/peers.mjs';
import { root } from '../scripts/lib/root.mjs';
import { guardedCalls } from './guarded-calls.ts';
import { median, rounded } from './statistics.ts';

/** What `bench -- resilience` prints. */
export type ResilienceFigures = {
  readonly suite: 'resilience';
  readonly guard: {
    /** Microseconds a call, at the median, of a call of the runtime whose work is nothing. */
    readonly oursUs: number;
    /** The same policies in bare cockatiel. */
    readonly cockatielUs: number;
    readonly ratioToCockatiel: number;
    /** opossum with a time-out, a breaker and a limit of calls at once; it has no retry. Null until it is installed. */
    readonly opossumUs: number | null;
  };
};

type Call = () => Promise<unknown>;

const work = async (): Promise<number> => 1;

/** The guard of the runtime against the policies that it stands on and another library, in turn. */
export async function resilienceSuite(short: boolean): Promise<ResilienceFigures> {
  const [rounds, calls] = short ? [3, 200] : [31, 10_000];
  if (!short) await ensurePeers(root, process.execPath);
  const ours = await guardedCalls();
  const bare = bareCockatiel();
  const opossum = bareOpossum();
  const times: Record<'ours' | 'bare' | 'opossum', number[]> = { ours: [], bare: [], opossum: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(await medianUs(ours.call, calls));
    times.bare.push(await medianUs(bare, calls));
    if (opossum) times.opossum.push(await medianUs(opossum, calls));
  }
  await ours.dispose();
  const oursUs = median(times.ours);
  const cockatielUs = median(times.bare);
  return {
    suite: 'resilience',
    guard: {
      oursUs: rounded(oursUs),
      cockatielUs: rounded(cockatielUs),
      ratioToCockatiel: rounded(median(times.ours.map((us, at) => us / (times.bare[at] ?? us)))),
      opossumUs: opossum ? rounded(median(times.opossum)) : null,
    },
  };
}

async function medianUs(call: Call, count: number): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const start = performance.now();
    await call();
    times.push((performance.now() - start) * 1000);
  }
  return median(times);
}

function bareCockatiel(): Call {
  const breaker = new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 0.5 });
  const policies = wrap(
    bulkhead(256, 10_000),
    retry(handleAll, {
      maxAttempts: 3,
      backoff: new ExponentialBackoff({ generator: decorrelatedJitterGenerator }),
    }),
    circuitBreaker(handleAll, { halfOpenAfter: 30_000, breaker }),
    timeout(30_000, { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false }),
  );
  return () => policies.execute(work);
}

function bareOpossum(): Call | null {
  const folder = join(root, 'bench', 'peers');
  if (!existsSync(join(folder, 'node_modules', 'opossum'))) return null;
  const CircuitBreaker = createRequire(join(folder, 'package.json'))('opossum') as new (
    work: Call,
    options: object,
  ) => { fire(): Promise<unknown> };
  const options = { timeout: 30_000, errorThresholdPercentage: 50, capacity: 256 };
  const breaker = new CircuitBreaker(work, { ...options, resetTimeout: 30_000 });
  return () => breaker.fire();
}
