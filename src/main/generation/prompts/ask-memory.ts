import type { Finding } from '#shared/artifact.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Learning } from '../memory/learning.ts';
import { editsAsText } from '../memory/lessons-as-text.ts';
import { note } from '../memory/note.ts';
import { type Recalled, recallLessons } from '../memory/recall-lessons.ts';
import type { Target } from '../memory/target.ts';
import type { GenerationPorts } from '../ports.ts';
import type { TaughtFile } from './build-prompt.ts';
import type { PromptJob } from './prompt-job.ts';

/** What memory says of one file: for the prompt, for the proposal and for what it may teach. */
export type KnownFile = TaughtFile & {
  readonly recalled: Recalled | null;
  readonly target: Target;
  /** Why memory says nothing; none where it answered. */
  readonly notes: readonly Finding[];
};

/** Asks memory about the files of a job, by path; nothing where nobody learns. */
export async function askMemory(
  learning: Learning | null,
  ports: GenerationPorts,
  project: ScanResult,
  job: PromptJob,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, KnownFile>> {
  const known = new Map<string, KnownFile>();
  if (!learning?.memory) return known;
  const { kind, service } = job.artifact;
  for (const path of [...job.paths, ...job.mayAlso]) {
    const draft = job.drafts.find((one) => one.path === path);
    const artifact = draft ?? { kind, path, content: '' };
    const source = { artifact, siblings: job.drafts, project, service };
    const recalled = await recallLessons(learning, ports, source, signal);
    const { target } = recalled;
    if (recalled.ok) {
      const edits = editsAsText(recalled, source);
      known.set(path, {
        recalled,
        target,
        edits,
        rejected: recalled.rejected.length > 0,
        notes: [],
      });
    } else {
      const notes = [
        note(`Memory could not be asked: ${recalled.why}. The model was told nothing of it.`),
      ];
      known.set(path, { recalled: null, target, edits: [], rejected: false, notes });
    }
  }
  return known;
}
