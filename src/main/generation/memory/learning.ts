import { throwIfCancelled } from '#main/core/abort.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import { OmegaError } from '#shared/error.ts';
import type { ProposalSummary } from '#shared/run.ts';
import type { ScanResult } from '#shared/scan.ts';
import { notFound } from '../review/proposals.ts';
import type { ReviewContext } from '../review/review-context.ts';
import { learnFrom } from './learner.ts';
import { switchPolicy } from './policy.ts';
import { type FactReview, reviewFacts } from './project-facts.ts';
import type { ProposalMemory } from './proposal-memory.ts';

/** Longest that a question to memory holds up a file or a run, in ms. */
const askMs = 3_000;
/** Longest that what was decided may take to be learned before others go on without it, in ms. */
const settleMs = 10_000;
/** How long a memory that did not answer in time is left alone, in ms: not every file shall wait for it. */
const restMs = 30_000;
/** Decisions are learned together when none came for this long, in ms. */
const quietMs = 300;

/**
 * Learns from decisions behind the back of those who make them, and answers what was learned. A
 * memory that fails never fails a run or a decision.
 */
export class Learning implements AsyncResource {
  readonly #context: ReviewContext;
  readonly #memory: ProposalMemory | null;
  readonly #decided = new Set<string>();
  readonly #facts: FactReview[] = [];
  #timer: NodeJS.Timeout | null = null;
  #work: Promise<void> = Promise.resolve();
  #restsUntil = Number.NEGATIVE_INFINITY;

  /** `memory` is null where there is none; then nothing is learned. */
  constructor(context: ReviewContext, memory: ProposalMemory | null) {
    this.#context = context;
    this.#memory = memory;
  }

  /** The memory, or null where there is none or learning is off. */
  get memory(): ProposalMemory | null {
    return this.#context.config.current.learning.enabled ? this.#memory : null;
  }

  /** Whether files follow policies. */
  get hasPolicies(): boolean {
    return this.#context.config.current.learning.policies;
  }

  /** Notes that proposals were decided on, written, edited or taken back; they are learned from soon. */
  decided(ids: readonly string[]): void {
    if (!this.memory) return;
    for (const id of ids) this.#decided.add(id);
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.settled(), quietMs);
    this.#timer.unref();
  }

  /**
   * What is new of a project since its facts were remembered, by `serviceKey`; they are remembered
   * soon. Nothing where memory could not be asked.
   */
  async newsOf(project: ScanResult, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const none = new Map<string, string>();
    const review = await this.ask((memory, end) => reviewFacts(memory, project, end), signal);
    if (!review.ok) return none;
    this.#facts.push(review.value);
    this.decided([]);
    return review.value.news;
  }

  /** Asks memory; says why where it could not answer in time. Rejects only when `signal` aborts. */
  async ask<T>(
    question: (memory: ProposalMemory, signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<
    { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string }
  > {
    const { memory } = this;
    if (!memory) return { ok: false, why: 'learning is off' };
    if (this.#rests) return { ok: false, why: 'it did not answer in time a moment ago' };
    const end = AbortSignal.any([signal, AbortSignal.timeout(askMs)]);
    try {
      return { ok: true, value: await untilAborted(question(memory, end), end) };
    } catch (error) {
      throwIfCancelled(signal);
      this.#context.logger.warn({ err: error }, 'Memory could not be asked.');
      if (end.aborted) {
        this.#rest();
        return { ok: false, why: `it did not answer within ${askMs / 1_000} s` };
      }
      return { ok: false, why: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Waits until what was decided has been learned, or for ten seconds. */
  settled(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#work = this.#work.then(() => this.#learn());
    return this.#work;
  }

  /**
   * Forgets a memory that a proposal cites; its text stays. A policy is switched off, so that it is not
   * distilled again. Throws `NOT_FOUND`, `NOT_AVAILABLE`.
   */
  async forget(id: string, memoryId: string, signal: AbortSignal): Promise<ProposalSummary> {
    const { storage, emit } = this.#context;
    const cited = storage.proposals
      .summary(id)
      ?.provenance.memories.find((one) => one.id === memoryId);
    if (!cited) throw notFound('memory of this proposal', memoryId);
    if (!this.#memory) {
      throw new OmegaError('NOT_AVAILABLE', 'There is no memory here; start Omega with one.');
    }
    const end = AbortSignal.any([signal, AbortSignal.timeout(settleMs)]);
    if (cited.effect === 'policy') await switchOff(this.#memory, memoryId, end);
    else await this.#memory.forget(memoryId, end);
    const stored = storage.proposals.get(id);
    if (!stored) throw notFound('proposal', id);
    const { provenance } = stored.proposal;
    const memories = provenance.memories.map((cited) =>
      cited.id === memoryId ? { ...cited, forgotten: true as const } : cited,
    );
    const proposal = { ...stored.proposal, provenance: { ...provenance, memories } };
    storage.proposals.save({ ...stored, proposal });
    emit({ type: 'proposal.updated', runId: proposal.runId });
    const { base: _base, content: _content, ...summary } = proposal;
    return summary;
  }

  /** Learns what was decided last. */
  async dispose(): Promise<void> {
    await this.settled();
  }

  async #learn(): Promise<void> {
    const { memory } = this;
    if (this.#rests) return;
    const ids = [...this.#decided];
    const facts = this.#facts.splice(0);
    this.#decided.clear();
    if (!memory || (ids.length === 0 && facts.length === 0)) return;
    const end = AbortSignal.timeout(settleMs);
    // What could not be learned is tried again with the next decision or run.
    const again = (lost: readonly string[]): void => {
      for (const id of lost) this.#decided.add(id);
    };
    try {
      again(await untilAborted(learnFrom(this.#context, memory, ids, end), end));
      for (const { store } of facts) await untilAborted(store(end), end);
    } catch (error) {
      if (end.aborted) this.#rest();
      again(ids);
      this.#context.logger.warn({ err: error }, 'What was decided could not all be learned.');
    }
  }

  get #rests(): boolean {
    return this.#context.clock.now() < this.#restsUntil;
  }

  #rest(): void {
    this.#restsUntil = this.#context.clock.now() + restMs;
  }
}

/** Switches a policy off; nothing where it is off or gone already. */
async function switchOff(memory: ProposalMemory, id: string, signal: AbortSignal): Promise<void> {
  try {
    await switchPolicy(memory, id, false, signal);
  } catch (error) {
    const code = error instanceof OmegaError ? error.code : null;
    if (code !== 'NOT_FOUND' && code !== 'CONFLICT') throw error;
  }
}
