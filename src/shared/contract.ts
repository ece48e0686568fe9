import { z } from 'zod';
import { type AgentdbRouteOutputs, agentdbRouteInputs } from './agentdb-routes.ts';
import { type AiRouteOutputs, aiRouteInputs } from './ai-routes.ts';
import type { FileReport } from './artifact.ts';
import type { CallFigures } from './calls.ts';
import { type ConfigField, type ConfigView, configChangeSchema } from './config.ts';
import type { DeviceReport, DeviceTest } from './devices.ts';
import type { Result } from './error.ts';
import { journaledPatternSchema } from './event-kinds.ts';
import type { JournaledEvent, RuntimeEvent } from './events.ts';
import type { HealthView } from './health-view.ts';
import { type Thumbnail, thumbnailRequestSchema } from './image.ts';
import { type IntelligenceRouteOutputs, intelligenceRouteInputs } from './intelligence-routes.ts';
import { type LoopRouteOutputs, loopRouteInputs } from './loop-routes.ts';
import { type MemoryRouteOutputs, memoryRouteInputs } from './memory-routes.ts';
import type { MetricsView } from './metrics.ts';
import type { ApplyReport, UndoReport } from './review.ts';
import {
  type Checkpoint,
  type Job,
  type Proposal,
  type ProposalSummary,
  proposalStates,
  type Run,
  runRequestSchema,
} from './run.ts';
import type { ScanResult } from './scan.ts';
import { type MeasuredUsage, maxPastedLength } from './usage.ts';
import type { WarmUpProgress } from './warm-up.ts';

const id = z.string().min(1).max(64);
const folder = z.string().min(1).max(4096);
const none = z.object({}).strict();

/** A folder the user has added; `name` is its last path segment. */
export type Project = {
  readonly root: string;
  readonly name: string;
  readonly addedAt: number;
  readonly sample: boolean;
};

/** A folder as the folder picker of the browser door shows it. */
export type FolderListing = {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: readonly { readonly name: string; readonly path: string }[];
};

/** What the app is and which door it stands in. */
export type AppInfo = {
  readonly version: string;
  readonly door: 'desktop' | 'web' | 'cli';
  readonly dataFolder: string;
  /** What the user must be told once: a damaged store was set aside, an unfinished write rolled back. */
  readonly notices: readonly string[];
};

/** The zod schema of each route's input. A route's name is `noun.verb`. */
export const routeInputs = {
  'app.info': none,
  'warmup.get': none,
  /** `try` tries every part first; `wake` opens those that nothing needed yet. */
  'health.get': z
    .object({ try: z.boolean().default(false), wake: z.boolean().default(false) })
    .strict(),
  'metrics.get': none,
  'devices.list': none,
  'devices.test': none,
  'config.get': none,
  'config.fields': none,
  'config.set': configChangeSchema,
  'project.list': none,
  'project.add': z.object({ root: folder }).strict(),
  'project.remove': z.object({ root: folder }).strict(),
  'folder.list': z.object({ path: folder.optional() }).strict(),
  'scan.run': z.object({ root: folder }).strict(),
  /** Ends the scans of this root that are going on; each answers `CANCELLED`. */
  'scan.cancel': z.object({ root: folder }).strict(),
  'run.start': runRequestSchema.strict(),
  'run.get': z.object({ id }).strict(),
  'run.list': z.object({ limit: z.int().min(1).max(1000).default(50) }).strict(),
  'run.cancel': z.object({ id }).strict(),
  'run.pause': z.object({ id }).strict(),
  /** A new `budgetUsd` stands in the place of the run's own. */
  'run.resume': z.object({ id, budgetUsd: z.number().min(0).max(100_000).optional() }).strict(),
  'proposal.list': z.object({ runId: id }).strict(),
  'proposal.get': z.object({ id }).strict(),
  'proposal.edit': z.object({ id, content: z.string().max(1_000_000) }).strict(),
  'proposal.decide': z
    .object({
      ids: z.array(id).min(1).max(10_000),
      state: z.enum(proposalStates).extract(['open', 'accepted', 'rejected']),
    })
    .strict(),
  'proposal.apply': z
    .object({
      runId: id,
      /** Restricts the write to these proposals; absent means every accepted one. */
      ids: z.array(id).max(10_000).optional(),
      dryRun: z.boolean().default(false),
      /** Lets the write replace files that Omega did not write. */
      overwrite: z.boolean().default(false),
    })
    .strict(),
  /** Takes the blueprint's file in the place of a model's; one that was taken can be taken back. */
  'proposal.swap': z.object({ id }).strict(),
  /** Forgets a memory that the proposal cites; the proposal keeps its text, and says so. */
  'proposal.forget': z.object({ id, memoryId: id }).strict(),
  'checkpoint.list': z.object({ root: folder.optional() }).strict(),
  'checkpoint.undo': z.object({ id }).strict(),
  /** The latest events, or (with `after`) those that follow; either way oldest first. */
  'event.list': z
    .object({
      /** Kinds (`memory.stored`) and nouns (`memory.*`); absent means all. */
      types: z.array(journaledPatternSchema).min(1).max(100).optional(),
      after: z.int().min(0).optional(),
      limit: z.int().min(1).max(1000).default(100),
      /** With `after`: how long to wait where there are none yet, in ms. */
      waitMs: z.int().min(0).max(30_000).default(0),
    })
    .strict(),
  'image.thumbnail': thumbnailRequestSchema,
  /** Reads figures of CPU and memory that a person pasted. */
  'usage.read': z.object({ text: z.string().min(1).max(maxPastedLength) }).strict(),
  'validate.run': z
    .object({ root: folder, paths: z.array(z.string().min(1).max(4096)).optional() })
    .strict(),
  ...memoryRouteInputs,
  ...intelligenceRouteInputs,
  ...loopRouteInputs,
  ...aiRouteInputs,
  ...agentdbRouteInputs,
} as const;

type OwnRouteOutputs = {
  'app.info': AppInfo;
  'warmup.get': WarmUpProgress;
  'health.get': HealthView;
  'metrics.get': MetricsView;
  'devices.list': DeviceReport;
  'devices.test': DeviceTest;
  'config.get': ConfigView;
  'config.fields': readonly ConfigField[];
  'config.set': ConfigView;
  'project.list': readonly Project[];
  'project.add': Project;
  'project.remove': null;
  'folder.list': FolderListing;
  'scan.run': ScanResult;
  'scan.cancel': null;
  'run.start': Run;
  'run.get': Run;
  'run.list': readonly Run[];
  'run.cancel': Run;
  'run.pause': Run;
  'run.resume': Run;
  /** Without the texts, which are megabytes in a large run. */
  'proposal.list': readonly ProposalSummary[];
  'proposal.get': Proposal;
  'proposal.edit': Proposal;
  'proposal.decide': readonly ProposalSummary[];
  'proposal.apply': readonly ApplyReport[];
  'proposal.swap': Proposal;
  'proposal.forget': ProposalSummary;
  'checkpoint.list': readonly Checkpoint[];
  'checkpoint.undo': UndoReport;
  'event.list': readonly JournaledEvent[];
  'image.thumbnail': Thumbnail;
  'usage.read': MeasuredUsage;
  'validate.run': readonly FileReport[];
};

/** The result type of each route. */
export type RouteOutputs = OwnRouteOutputs &
  MemoryRouteOutputs &
  IntelligenceRouteOutputs &
  LoopRouteOutputs &
  AgentdbRouteOutputs &
  AiRouteOutputs;

/** A route's name. */
export type Route = keyof typeof routeInputs;
/** What a caller passes to a route. */
export type RouteInput<R extends Route> = z.input<(typeof routeInputs)[R]>;
/** What a route's handler receives, parsed. */
export type ParsedInput<R extends Route> = z.output<(typeof routeInputs)[R]>;

/** Everything the app tells its doors unasked. Typed, not parsed: it comes from us. */
export type OmegaEvent =
  | RuntimeEvent
  | { readonly type: 'scan.progress'; readonly root: string; readonly files: number }
  | { readonly type: 'run.updated'; readonly run: Omit<Run, 'jobs'> }
  | { readonly type: 'job.updated'; readonly job: Job }
  | { readonly type: 'proposal.updated'; readonly runId: string }
  /** A model writes a file of a job: what came since the last such event. Not journaled. */
  | {
      readonly type: 'proposal.streamed';
      readonly runId: string;
      readonly jobId: string;
      readonly path: string;
      /** Where in the file the piece belongs, in characters; 0 begins it anew. */
      readonly at: number;
      readonly piece: string;
    }
  /** The figures of calls to models, at most ten times a second and only when they changed. */
  | { readonly type: 'calls.changed'; readonly figures: CallFigures }
  /** Keys or settings of providers changed. */
  | { readonly type: 'providers.changed' }
  | { readonly type: 'projects.changed' }
  | ({ readonly type: 'warmup.progress' } & WarmUpProgress)
  /** Sent by the browser's own bridge; after `connected: true`, what was fetched before may be stale. */
  | { readonly type: 'connection.changed'; readonly connected: boolean }
  /** Values or problems of the configuration changed; once for each edit. */
  | { readonly type: 'config.changed'; readonly view: ConfigView };

/** What the preload (or the browser's WebSocket client) gives the renderer as `window.omega`. */
export type OmegaBridge = {
  readonly door: 'desktop' | 'web';
  /** Calls a route; resolves to a {@link Result} and never rejects. */
  call<R extends Route>(route: R, input: RouteInput<R>): Promise<Result<RouteOutputs[R]>>;
  /** Listens to events, in batches of one frame (16 ms); returns the unsubscribe function. */
  listen(listener: (events: readonly OmegaEvent[]) => void): () => void;
  /** Opens the system's folder picker; null where there is none or the user cancelled. */
  pickFolder(): Promise<string | null>;
};
