import { setImmediate } from 'node:timers/promises';
import type { StoredLesson } from '#main/storage/lesson-store.ts';
import type { Proposal } from '#shared/run.ts';
import type { ReviewContext } from '../review/review-context.ts';
import { note } from './note.ts';
import type { ProposalMemory } from './proposal-memory.ts';
import { settleRejections } from './rejections.ts';
import { Tallies } from './tallies.ts';
import { type Taught, taughtSchema, type Wish, wishOf } from './wish.ts';

/** Proposals that are read and compared in one turn of the event loop: hundreds are accepted at once. */
const perTurn = 20;

type Entry = {
  readonly proposal: Proposal;
  readonly before: Taught | null;
  readonly wish: Wish;
};

/**
 * Brings memory into line with the decisions on proposals: what each taught before is taken back
 * where it teaches something else now. Returns the ids whose lessons memory could not take.
 */
export async function learnFrom(
  context: ReviewContext,
  memory: ProposalMemory,
  ids: Iterable<string>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { storage, clock, logger } = context;
  const entries: Entry[] = [];
  for (const [index, id] of [...ids].entries()) {
    if (index % perTurn === perTurn - 1) await setImmediate();
    const entry = entryOf(context, id);
    if (entry) entries.push(entry);
  }
  const tallies = new Tallies();
  for (const { before, wish } of entries) {
    for (const key of before?.kept ?? []) tallies.count(key, 'kept', -1);
    for (const key of before?.against ?? []) tallies.count(key, 'against', -1);
    const { kept, against } = wish.taught;
    for (const key of kept) tallies.count(key, 'kept', 1, wish.drafts.get(key) ?? null);
    for (const key of against) tallies.count(key, 'against', 1);
  }
  const failed = new Map(await tallies.flush(memory, clock.now(), signal));
  for (const [project, all] of Map.groupBy(entries, ({ wish }) => wish.target.project)) {
    try {
      await settleRejections(
        memory,
        all.map(({ wish }) => wish),
        signal,
      );
    } catch (error) {
      failed.set(project, error);
    }
  }
  for (const [key, error] of failed) logger.warn({ err: error, key }, 'Memory could not learn.');
  const lost = entries.filter((entry) => keysOf(entry).some((key) => failed.has(key)));
  storage.transaction(() => {
    for (const entry of entries) {
      if (lost.includes(entry)) continue;
      storage.lessons.setTaught(entry.proposal.id, entry.wish.taught);
      if (entry.wish.refused !== null) tellRefused(context, entry.proposal.id, entry.wish.refused);
    }
  });
  return lost.map(({ proposal }) => proposal.id);
}

/** A proposal that teaches something else than it did; null where nothing is to be done. */
function entryOf({ storage, clock }: ReviewContext, id: string): Entry | null {
  const stored: StoredLesson | null = storage.lessons.get(id);
  const proposal = storage.proposals.get(id)?.proposal;
  if (!stored || !proposal) return null;
  const before = taughtSchema.safeParse(stored.taught).data ?? null;
  const wish = wishOf(proposal, stored, clock.now());
  if (!wish || wish.taught.key === before?.key) return null;
  // What is open and taught nothing has nothing to take back.
  if (before === null && proposal.state === 'open') return null;
  return { proposal, before, wish };
}

function keysOf({ before, wish }: Entry): readonly string[] {
  const { kept, against } = wish.taught;
  const old = before ? [...before.kept, ...before.against] : [];
  return [wish.target.project, ...kept, ...against, ...old];
}

/** Whoever made the edit reads beside it why it will not come back by itself. */
function tellRefused({ storage, emit }: ReviewContext, id: string, why: string): void {
  const stored = storage.proposals.get(id);
  if (!stored) return;
  const said = note(`This edit was not learned: ${why}.`);
  const { proposal } = stored;
  if (proposal.findings.some(({ message }) => message === said.message)) return;
  const findings = [...proposal.findings, said];
  storage.proposals.save({ ...stored, proposal: { ...proposal, findings } });
  emit({ type: 'proposal.updated', runId: proposal.runId });
}
