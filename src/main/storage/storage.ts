import type { Database } from 'better-sqlite3';
import type { Clock } from '#main/core/clock.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { OmegaError } from '#shared/error.ts';
import { CausalStore } from './agentdb/causal-store.ts';
import { EpisodeStore } from './agentdb/episode-store.ts';
import { SkillStore } from './agentdb/skill-store.ts';
import { CheckpointStore } from './checkpoint-store.ts';
import { isDamage, openDatabase, suspectDatabase } from './database.ts';
import { EventRows } from './event-rows.ts';
import { InstanceLock } from './instance-lock.ts';
import { IntelligenceStore } from './intelligence-store.ts';
import { JobStore } from './job-store.ts';
import { JournalStore } from './journal-store.ts';
import { LessonStore } from './lesson-store.ts';
import { LoopStore } from './loop-store.ts';
import { SqliteMemoryStore } from './memory/sqlite-memory-store.ts';
import { MetaStore } from './meta-store.ts';
import { PriceStore } from './price-store.ts';
import { ProjectStore } from './project-store.ts';
import { ProposalStore } from './proposal-store.ts';
import { ResponseNoteStore } from './response-note-store.ts';
import { ResponseStore } from './response-store.ts';
import { RunStore } from './run-store.ts';
import { TelemetryStore } from './telemetry-store.ts';
import { VectorStore } from './vectors/vector-store.ts';

/** The one store of the app: one connection, typed queries by noun. */
export class Storage implements AsyncResource {
  readonly instance: InstanceLock;
  readonly lessons: LessonStore;
  readonly intelligences: IntelligenceStore;
  readonly loops: LoopStore;
  readonly meta: MetaStore;
  readonly memories: SqliteMemoryStore;
  readonly prices: PriceStore;
  readonly projects: ProjectStore;
  readonly runs: RunStore;
  readonly jobs: JobStore;
  readonly proposals: ProposalStore;
  readonly checkpoints: CheckpointStore;
  readonly journal: JournalStore;
  readonly vectors: VectorStore;
  /** Reads the event journal; an `EventJournal` writes it. */
  readonly events: EventRows;
  readonly telemetry: TelemetryStore;
  readonly episodes: EpisodeStore;
  readonly skills: SkillStore;
  readonly causes: CausalStore;
  readonly responses: ResponseStore;
  readonly responseNotes: ResponseNoteStore;
  /** What the user must be told about the store, or null. */
  readonly notice: string | null;
  readonly #db: Database;
  readonly #folder: string;

  /** Opens the store in the data folder; see `openDatabase` for what it throws. */
  constructor(folder: string, clock: Clock) {
    const { db, notice } = openDatabase(folder, clock.now());
    this.#db = db;
    this.#folder = folder;
    this.notice = notice;
    this.instance = new InstanceLock(folder, clock.id());
    this.lessons = new LessonStore(db);
    this.intelligences = new IntelligenceStore(db, this.instance);
    this.loops = new LoopStore(db, this.instance);
    this.meta = new MetaStore(db);
    this.memories = new SqliteMemoryStore(db, () => clock.id());
    this.prices = new PriceStore(db);
    this.projects = new ProjectStore(db);
    this.runs = new RunStore(db);
    this.jobs = new JobStore(db);
    this.proposals = new ProposalStore(db);
    this.checkpoints = new CheckpointStore(db);
    this.journal = new JournalStore(db);
    this.vectors = new VectorStore(db);
    this.events = new EventRows(db);
    this.telemetry = new TelemetryStore(db, this.instance);
    this.episodes = new EpisodeStore(db);
    this.skills = new SkillStore(db);
    this.causes = new CausalStore(db);
    this.responses = new ResponseStore(db);
    this.responseNotes = new ResponseNoteStore(db);
  }

  /** Runs the work in one transaction; it is synchronous, and undone where it throws. */
  transaction<T>(work: () => T): T {
    return this.#db.transaction(work).immediate();
  }

  /** Like {@link transaction}, and on the disk, past a power cut, when this returns. */
  durably<T>(work: () => T): T {
    this.#db.pragma('synchronous = FULL');
    try {
      return this.transaction(work);
    } finally {
      this.#db.pragma('synchronous = NORMAL');
    }
  }

  /** Writes a value and reads it back; throws what keeps it from either. */
  probe(value: string): void {
    this.meta.set('probe', value);
    if (this.meta.get('probe') === value) return;
    throw new OmegaError('INTERNAL', 'The store gave back another value than was written.');
  }

  /** Takes notice of an error of a call: one that tells of damage has the next start check the store. */
  failed(error: unknown): void {
    if (isDamage(error)) suspectDatabase(this.#folder);
  }

  dispose(): void {
    if (this.#db.open) this.#db.close();
    this.instance.dispose();
  }
}
