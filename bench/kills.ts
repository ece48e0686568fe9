import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSound, lostByVector, lostByWords } from './kills-check.ts';
import { Ledger } from './kills-ledger.ts';
import { rounded } from './statistics.ts';
import { seededRandom } from './synthetic-source.ts';

/** Kills of one data folder. */
const killsOfFolder = 100;
/** Kills after which what was acknowledged since the last time is also looked for by index. */
const killsOfIndex = 20;
/** Longest that a writer lives from the moment that it opens the store, in ms. */
const longestMs = 120;
/** Writes of one process at most, so that no two have the same seed. */
const seedsOfWriter = 100_000;

/** What `bench -- kills` prints. */
export type KillsFigures = {
  readonly suite: 'kills';
  readonly kills: number;
  /** Kills that came before the writer had an answer: while it opened the store. */
  readonly killsWhileOpening: number;
  /** Writes that were answered before a kill. */
  readonly acknowledged: number;
  /** Of those, not there, changed, or not found by text or by vector afterwards. */
  readonly lost: number;
  /** Times that SQLite found the store unsound after a kill. */
  readonly integrityFailures: number;
  readonly seconds: number;
};

/** Kills writers with SIGKILL at random moments (seeded) and looks what is left of their work. */
export async function killsSuite(short: boolean): Promise<KillsFigures> {
  const kills = short ? 50 : 1_000;
  const random = seededRandom(23);
  const began = performance.now();
  const sum = { killsWhileOpening: 0, acknowledged: 0, lost: 0, integrityFailures: 0 };
  for (let done = 0; done < kills; done += killsOfFolder) {
    const folder = mkdtempSync(join(tmpdir(), 'omega-kills-'));
    try {
      const part = await killsIn(folder, done, Math.min(killsOfFolder, kills - done), random);
      for (const key of [
        'killsWhileOpening',
        'acknowledged',
        'lost',
        'integrityFailures',
      ] as const) {
        sum[key] += part[key];
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const seconds = rounded((performance.now() - began) / 1000, 1);
  return { suite: 'kills', kills, ...sum, seconds };
}

async function killsIn(folder: string, first: number, count: number, random: () => number) {
  let acknowledged = 0;
  let since = new Ledger();
  const lost = new Set<string>();
  let integrityFailures = 0;
  let killsWhileOpening = 0;
  let next = startWriter(folder);
  try {
    for (let kill = 0; kill < count; kill += 1) {
      const output = await killed(next, (first + kill) * seedsOfWriter, random() * longestMs);
      // The next one loads its modules while this one's work is checked; it opens nothing yet.
      next = startWriter(folder);
      const own = new Ledger();
      own.read(output);
      since.read(output);
      acknowledged += own.acknowledged;
      if (own.acknowledged === 0) killsWhileOpening += 1;
      if (!isSound(folder)) integrityFailures += 1;
      for (const what of await lostByWords(folder, own)) lost.add(what);
      if ((kill + 1) % killsOfIndex !== 0) continue;
      for (const what of await lostByVector(folder, since)) lost.add(what);
      since = new Ledger();
    }
  } finally {
    next.child.kill('SIGKILL');
  }
  for (const what of lost) process.stderr.write(`lost: ${what}\n`);
  return { killsWhileOpening, integrityFailures, acknowledged, lost: lost.size };
}

type Writer = {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  /** Listened to from the start: it may end while nobody looks. */
  readonly closed: Promise<unknown>;
};

function startWriter(folder: string): Writer {
  const script = join(import.meta.dirname, 'kills-child.ts');
  const child = spawn(process.execPath, [script, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Compiled once: a writer starts in half the time.
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  });
  return { child, closed: once(child, 'close') };
}

/** Lets a writer write from a seed on for so long, kills it, and gives what it printed. */
async function killed({ child, closed }: Writer, seed: number, ms: number): Promise<string> {
  let output = '';
  const ready = Promise.withResolvers<void>();
  child.stdout.on('data', (chunk) => {
    output += chunk;
    ready.resolve();
  });
  await Promise.race([ready.promise, closed]);
  if (child.exitCode === null) {
    child.stdin.write(`${seed}\n`);
    await sleep(ms);
  }
  // A writer that ended by itself failed at its work.
  if (child.exitCode !== null) throw new Error(`A writer ended with ${child.exitCode}.`);
  child.kill('SIGKILL');
  await closed;
  return output;
}
