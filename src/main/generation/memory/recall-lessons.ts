import type { Artifact } from '#shared/artifact.ts';
import type { FoundMemory } from '#shared/memory.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { GenerationPorts } from '../ports.ts';
import type { Learning } from './learning.ts';
import {
  byTrust,
  confidenceOf,
  type EditLesson,
  editSchema,
  leastConfidence,
  type Read,
  readLesson,
} from './lesson.ts';
import { type Policy, policiesFor } from './policy.ts';
import { type Target, targetOf } from './target.ts';

/** Lessons about one kind of file that are looked at; of more, the newest. */
export const maxLessons = 60;

/** A file to be, and whose it is. */
export type LearningSource = {
  readonly artifact: Artifact;
  /** The files that are made with it, itself among them. */
  readonly siblings: readonly Artifact[];
  readonly project: ScanResult;
  readonly service: Service | null;
};

/** What memory knows of files like one, or why it could not be asked. */
export type Recalled = { readonly target: Target } & (
  | {
      readonly ok: true;
      /** Edits and acceptances, as they were found. */
      readonly lessons: readonly FoundMemory[];
      /** The edits that more people kept than took out, most trusted first. */
      readonly edits: readonly Read<EditLesson>[];
      /** The policies for such files, whatever their services are made with. */
      readonly policies: readonly Read<Policy>[];
      /** The rejection of this very file, where there was one. */
      readonly rejected: readonly FoundMemory[];
    }
  | { readonly ok: false; readonly why: string }
);

/** Asks memory for what was taught about a file's like. Rejects only when `signal` aborts. */
export async function recallLessons(
  learning: Learning,
  ports: GenerationPorts,
  { artifact, project, service }: LearningSource,
  signal: AbortSignal,
): Promise<Recalled> {
  const format = ports.detectFormat(artifact.path, artifact.content);
  const target = targetOf(artifact, format, project, service, ports.blueprintVersion);
  const { hasPolicies } = learning;
  const recalled = await learning.ask(
    (memory, end) => recall(memory, target, hasPolicies, end),
    signal,
  );
  if (!recalled.ok) return { ok: false, target, why: recalled.why };
  const { lessons, rejected, policies } = recalled.value;
  const edits = lessons.flatMap(({ memory }) => {
    const read = memory.type === 'edit' ? readLesson(editSchema, memory) : null;
    return read && isTrusted(read) ? [read] : [];
  });
  return { ok: true, target, lessons, rejected, edits: edits.toSorted(byTrust), policies };
}

async function recall(
  memory: NonNullable<Learning['memory']>,
  target: Target,
  hasPolicies: boolean,
  end: AbortSignal,
) {
  const types = ['edit', 'accepted'];
  const tags = [target.like.tag];
  const [lessons, rejected, policies] = await Promise.all([
    memory.recall({ types, tags, minConfidence: leastConfidence, limit: maxLessons }, end),
    memory.recall({ types: ['rejected'], tags: [target.place], limit: 1 }, end),
    hasPolicies ? policiesFor(memory, target.like.facts, end) : [],
  ]);
  return { lessons: lessons.memories, rejected: rejected.memories, policies };
}

/** Confidence fades or moves in memory's own ways; the tally says what people did. */
function isTrusted({ lesson }: Read<{ tally: { for: number; against: number } }>): boolean {
  return confidenceOf(lesson.tally) >= leastConfidence;
}
