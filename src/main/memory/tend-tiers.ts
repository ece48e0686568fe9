import { setImmediate as breathe } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import type { EditGroup, MemoryStore, StoredMemory } from '#main/storage/memory/memory-store.ts';
import { type MemoryTier, memoryTiers } from '#shared/memory.ts';
import type { MemoryIndex } from './memory-index.ts';
import { Surplus } from './surplus.ts';
import { type TendTime, tend } from './tend-memory.ts';
import type { TierPolicies } from './tier-policy.ts';

/** Memories that are looked at, and at most written, between two breaths: a few ms. */
const pageRows = 128;

/** How many memories of each tier. */
export type TierCounts = Record<MemoryTier, number>;

/** What tending the tiers did, in memories. */
export type Tended = {
  readonly promoted: number;
  readonly decayed: number;
  readonly expired: TierCounts;
  readonly purged: number;
  readonly evicted: TierCounts;
};

type Parts = { readonly store: MemoryStore; readonly index: MemoryIndex };

/** No memories of any tier. */
export function noCounts(): TierCounts {
  return Object.fromEntries(memoryTiers.map((tier) => [tier, 0])) as TierCounts;
}

/**
 * Goes through all memories in the order of keys: moves up what earned it, takes from the importance
 * what time takes, marks what outlived its tier and deletes what did so long ago. Then drops from
 * each tier that is too full what is worth least. A page at a time, each in a transaction.
 */
export async function tendTiers(
  parts: Parts,
  policies: TierPolicies,
  time: TendTime,
  signal: AbortSignal,
): Promise<Tended> {
  const surplus = new Surplus();
  const done = { promoted: 0, decayed: 0, expired: noCounts(), purged: 0 };
  for await (const page of pages(parts.store, signal)) {
    const groups: EditGroup[] = [];
    const due: ('promoted' | 'decayed' | 'purged')[] = [];
    const [outlived, returned]: [number[], number[]] = [[], []];
    for (const stored of page) {
      const { key, revision, memory } = stored;
      const tending = tend(stored, policies, time);
      const { what } = tending;
      if (what === 'promote') due.push('promoted');
      if (what === 'fade') due.push('decayed');
      if (what === 'promote' || what === 'fade') groups.push({ edits: [tending.edit] });
      if (what === 'purge') {
        due.push('purged');
        groups.push({ removes: [{ key, revision }] });
        continue;
      }
      if (what === 'expire') {
        outlived.push(key);
        done.expired[memory.tier] += 1;
      }
      if (what === 'return') returned.push(key);
      const tier = what === 'promote' ? tending.to : memory.tier;
      surplus.count({ ...memory, tier }, isOutlived(stored, policies, time.now));
    }
    const applied = await apply(parts, groups);
    for (const [at, name] of due.entries()) if (applied[at]) done[name] += 1;
    if (outlived.length > 0) await parts.store.markExpired(outlived, time.lived);
    if (returned.length > 0) await parts.store.markExpired(returned, null);
  }
  return { ...done, evicted: await evict(parts, surplus, policies, time.now, signal) };
}

async function evict(
  parts: Parts,
  surplus: Surplus,
  policies: TierPolicies,
  now: number,
  signal: AbortSignal,
): Promise<TierCounts> {
  const evicted = noCounts();
  if (surplus.settle(policies) === 0) return evicted;
  for await (const page of pages(parts.store, signal)) {
    const going = page.filter((one) => surplus.takes(one.memory, isOutlived(one, policies, now)));
    const groups = going.map(({ key, revision }) => ({ removes: [{ key, revision }] }));
    const applied = await apply(parts, groups);
    for (const [at, { memory }] of going.entries()) if (applied[at]) evicted[memory.tier] += 1;
  }
  return evicted;
}

async function apply({ store, index }: Parts, groups: readonly EditGroup[]) {
  if (groups.length === 0) return [];
  // To write may have to wait for the disk: not in one piece with what was read.
  await breathe();
  const { done, goneVectors } = await store.apply(groups);
  if (goneVectors.length > 0) index.changed(goneVectors);
  return done;
}

async function* pages(
  store: MemoryStore,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredMemory[], void> {
  for (let after = 0; ; ) {
    throwIfCancelled(signal);
    const page = await store.page(after, pageRows);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last.key;
    await breathe();
  }
}

function isOutlived({ memory }: StoredMemory, policies: TierPolicies, now: number): boolean {
  const { retentionMs } = policies[memory.tier];
  return retentionMs !== null && memory.accessedAt <= now - retentionMs;
}
