import { sha256 } from '#main/core/hash.ts';
import type { Artifact, CitedMemory, Finding } from '#shared/artifact.ts';
import type { FoundMemory } from '#shared/memory.ts';
import { checkFile } from '../check-file.ts';
import type { GenerationPorts } from '../ports.ts';
import { carry } from './carry.ts';
import type { Learning } from './learning.ts';
import { acceptedSchema, readLesson } from './lesson.ts';
import { note } from './note.ts';
import { projectWords } from './own-words.ts';
import { citeLesson } from './policy.ts';
import { type LearningSource, maxLessons, recallLessons } from './recall-lessons.ts';
import { rejectionNotes } from './rejections.ts';
import type { Target } from './target.ts';

/** A file as it will be proposed, and what of it comes from memory. */
export type PreparedFile = {
  readonly artifact: Artifact;
  readonly findings: readonly Finding[];
  readonly memories: readonly CitedMemory[];
  /** What tells the edits in it from others; null where there are none. */
  readonly basis: string | null;
  /** What is to be noted, so that decisions on it can be learned from; null where nobody learns. */
  readonly lesson: { readonly target: Target; readonly made: string | null } | null;
};

/** The file as the blueprint made it, validated. */
export async function asMade(
  ports: GenerationPorts,
  { artifact, siblings }: Pick<LearningSource, 'artifact' | 'siblings'>,
  signal: AbortSignal,
): Promise<PreparedFile> {
  const findings = await checkFile(ports, { ...artifact, siblings }, signal);
  return { artifact, findings, memories: [], basis: null, lesson: null };
}

/**
 * Brings into a file what was taught about its like, and validates it. Where memory does not answer
 * the file is as the blueprint made it, and says so.
 */
export async function prepareFile(
  learning: Learning,
  ports: GenerationPorts,
  source: LearningSource,
  signal: AbortSignal,
): Promise<PreparedFile> {
  if (!learning.memory) return asMade(ports, source, signal);
  const { artifact, siblings, project } = source;
  const recalled = await recallLessons(learning, ports, source, signal);
  const { target } = recalled;
  if (!recalled.ok) {
    const made = await asMade(ports, source, signal);
    const said = note(
      `Memory could not be asked: ${recalled.why}. The file is as the blueprint makes it.`,
    );
    return { ...made, findings: [...made.findings, said], lesson: { target, made: null } };
  }
  const { lessons, rejected, edits, policies } = recalled;
  const own = { ...target.own, words: [...target.own.words, ...projectWords(project)] };
  const check = (content: string) =>
    checkFile(ports, { path: artifact.path, content, siblings }, signal);
  const carried = await carry(artifact.content, [...edits, ...policies], own, check);
  const { content, used } = carried;
  const notes = [...rejectionNotes(rejected, content), ...carried.notes];
  return {
    artifact: { ...artifact, content },
    findings: [...carried.findings, ...notes],
    memories: [...used.map(citeLesson), ...citeAccepted(lessons, used.length > 0)],
    basis: used.length > 0 ? sha256(JSON.stringify(used.map(({ lesson }) => lesson.hunks))) : null,
    lesson: { target, made: content === artifact.content ? null : artifact.content },
  };
}

/** That such files were taken as they are says nothing of one that an edit changed. */
function citeAccepted(found: readonly FoundMemory[], isEdited: boolean): readonly CitedMemory[] {
  if (isEdited) return [];
  return found.slice(0, maxLessons).flatMap(({ memory }) => {
    const read = memory.type === 'accepted' ? readLesson(acceptedSchema, memory) : null;
    if (!read) return [];
    const times = read.lesson.tally.for === 1 ? 'once' : `${read.lesson.tally.for} times`;
    return [
      {
        id: memory.id,
        effect: 'accepted',
        summary: `Files like this were accepted as made ${times}.`,
      },
    ];
  });
}
