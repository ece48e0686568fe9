import type { Clock } from '#main/core/clock.ts';
import type { ProposalMemory } from '#main/generation/memory/proposal-memory.ts';
import type { AcceptedLessons } from '#main/storage/lesson-store.ts';
import type { Intelligence } from '#shared/intelligence.ts';
import type { VectorEngineName } from '#shared/vector-engines.ts';

/** What was learned from decisions, and where to. */
export type LearnedPort = {
  /** Ends when what was decided has been learned. */
  settled(): Promise<void>;
  /** What was learned from the files that are accepted now, the latest first. */
  accepted(): readonly AcceptedLessons[];
  /** Null where there is none, or learning is off. */
  memory(): ProposalMemory | null;
};

/** The largest collection of vectors, and the engine that is set for all. */
export type VectorsNow = {
  readonly name: string;
  readonly size: number;
  /** Vectors when its engine was chosen; 0 where nothing was measured. */
  readonly chosenAt: number;
  readonly setting: 'auto' | VectorEngineName;
  /** The intelligence that set the engine; null where a person did. */
  readonly setBy: string | null;
};

/** The engine of vector search: measured, and set. */
export type EnginePort = {
  /** Null where there is nothing to search by vector. */
  now(): VectorsNow | null;
  /** Searches for a better setting within a bounded time. Fails as `createIntelligence`. */
  tune(name: string, seed: number, signal: AbortSignal): Promise<Intelligence>;
  /** Puts an intelligence in force, and back. Fail as Meta-SONA's. */
  apply(id: string): Promise<Intelligence>;
  rollBack(id: string, reason: string): Promise<unknown>;
};

/** The vectors of texts that the app keeps. */
export type VectorsPort = {
  /** The model that texts are embedded with now. Fails where there is none. */
  model(): Promise<string>;
  /** The one that they were embedded with; null where nobody noted it. */
  embeddedBy(): string | null;
  noteEmbeddedBy(model: string): void;
  /** Takes the vectors of all texts away; how many texts. */
  forget(signal: AbortSignal): Promise<number>;
  /** Embeds what lacks a vector; how much it could. Fails where nothing can be embedded. */
  embedWaiting(signal: AbortSignal): Promise<number>;
};

/** What the transformative loop stands on. */
export type TransformativePorts = {
  readonly learned: LearnedPort;
  readonly engine: EnginePort;
  readonly vectors: VectorsPort;
  readonly clock: Clock;
};
