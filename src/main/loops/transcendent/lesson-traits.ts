import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '#main/core/abort.ts';
import { textOf } from '#main/generation/engine/project-texts.ts';
import { type EditLesson, editSchema, readLesson } from '#main/generation/memory/lesson.ts';
import type { ProposalMemory } from '#main/generation/memory/proposal-memory.ts';
import { tagOf } from '#main/generation/memory/target.ts';
import { taughtSchema } from '#main/generation/memory/wish.ts';
import type { Storage } from '#main/storage/storage.ts';
import type { Memory } from '#shared/memory.ts';
import type { Trait } from './trait.ts';

/** Runs, and memories of each type, that are looked at; of more, the newest. */
const most = { runs: 50, memories: 1_000 };

/** Where lessons are read from. */
export type LessonSources = {
  readonly memory: Pick<ProposalMemory, 'recall'>;
  readonly storage: Pick<Storage, 'runs' | 'proposals' | 'lessons'>;
};

/** What people taught by edits that they accepted, and what they rejected, by the project's root. */
export async function lessonTraits(
  { memory, storage }: LessonSources,
  roots: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Trait[]>> {
  const recall = async (type: string): Promise<readonly Memory[]> => {
    const query = { types: [type], limit: most.memories, recalls: false };
    return (await memory.recall(query, signal)).memories.map((found) => found.memory);
  };
  const traits = new Map<string, Trait[]>(roots.map((root) => [root, []]));
  const byTag = new Map(roots.map((root) => [tagOf('project', root), root]));
  for (const { tags, text, metadata } of await recall('rejected')) {
    const root = tags.flatMap((tag) => byTag.get(tag) ?? [])[0];
    const [, path] = /, at "([^"]+)" in "/.exec(text) ?? [];
    if (root === undefined || path === undefined) continue;
    const value = String(metadata.summary).replace(/^Rejected: /, '');
    traits.get(root)?.push({ group: 'rejection', value, path, line: 1 });
  }
  const edits = new Map<string, EditLesson>();
  for (const one of await recall('edit')) {
    const lesson = readLesson(editSchema, one)?.lesson;
    if (!lesson || lesson.tally.for <= lesson.tally.against) continue;
    for (const key of [`id:${one.id}`, ...one.tags]) edits.set(key, lesson);
  }
  if (edits.size === 0) return traits;
  for (const { id } of storage.runs.list(most.runs)) {
    throwIfCancelled(signal);
    await setImmediate();
    for (const proposal of storage.proposals.summaries(id)) {
      const own = traits.get(proposal.root);
      if (!own) continue;
      const { data } = taughtSchema.safeParse(storage.lessons.get(proposal.id)?.taught);
      for (const key of data?.kept ?? []) {
        const lesson = edits.get(key);
        if (lesson) own.push(await editTrait(lesson, proposal));
      }
    }
  }
  return traits;
}

/** The line that the edit wrote, where the file still has it. */
async function editTrait(
  { summary, hunks }: EditLesson,
  { root, path }: { readonly root: string; readonly path: string },
): Promise<Trait> {
  const added = hunks.flatMap(({ lines }) => lines.filter(({ op }) => op === '+'));
  const texts = new Set(added.map(({ text }) => text.trim()).filter((text) => text !== ''));
  const lines = (await textOf(root, path))?.split(/\r?\n/) ?? [];
  const at = lines.findIndex((line) => texts.has(line.trim()));
  return { group: 'edit', value: summary, path, line: at < 0 ? 1 : at + 1 };
}
