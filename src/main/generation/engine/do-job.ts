import { throwIfCancelled } from '#main/core/abort.ts';
import type { Finding } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import { isImproved, type Surroundings, type WrittenFile } from '../blueprints/blueprint.ts';
import type { Learning } from '../memory/learning.ts';
import { asMade, prepareFile } from '../memory/prepare-file.ts';
import type { ReviewContext } from '../review/review-context.ts';
import { asImproved } from './as-improved.ts';
import type { JobCount } from './job-queue.ts';
import { inputsHash, keepFiles, type MadeFile } from './keep-files.ts';
import type { PlannedJob } from './plan-jobs.ts';
import { type Sight, sightOf } from './sight.ts';

/**
 * Does one job of the blueprints: generates its files, brings in what was learned (unless `learning`
 * is null), validates each, and keeps them as proposals, all or none.
 */
export async function doJob(
  context: ReviewContext,
  learning: Learning | null,
  planned: PlannedJob,
  signal: AbortSignal,
): Promise<JobCount> {
  const made = await makeFiles(context, learning, planned, signal);
  return { ...(await keepFiles(context, planned, made, signal)), usage: null };
}

/**
 * The files that the blueprints make for a job, as they would be proposed; nothing is kept. `known`
 * is what they saw and wrote, where that was done already: a chart alone takes seconds.
 */
export async function makeFiles(
  context: ReviewContext,
  learning: Learning | null,
  planned: PlannedJob,
  signal: AbortSignal,
  known?: { readonly sight: Sight; readonly files: readonly WrittenFile[] },
): Promise<readonly MadeFile[]> {
  const { ports, clock } = context;
  const { project, artifact: wanted } = planned;
  const { around, ...seen } = known?.sight ?? (await sightOf(context, planned, signal));
  const made: MadeFile[] = [];
  const artifacts =
    known?.files ?? (await ports.generate(wanted.kind, seen.project, seen.service, around, signal));
  for (const written of artifacts) {
    throwIfCancelled(signal);
    const { notes = [], mended = [], ...artifact } = written;
    const source = { artifact, siblings: artifacts, project, service: wanted.service };
    const improves = isImproved(around, artifact.path);
    const author = improves ? (around.texts.get(artifact.path)?.content ?? '') : null;
    // What was taught elsewhere is not carried into what an author wrote.
    const file =
      author !== null
        ? await asImproved(ports, source, author, signal)
        : learning
          ? await prepareFile(learning, ports, source, signal)
          : await asMade(ports, source, signal);
    made.push({
      ...file,
      findings: [
        ...file.findings,
        ...mendedNote(mended),
        ...notes,
        ...(made.length === 0 ? unread(around) : []),
      ],
      provenance: {
        origin: { type: 'blueprint', version: ports.blueprintVersion },
        inputsHash: inputsHash(ports.blueprintVersion, planned, file.basis, around.texts),
        createdAt: clock.now(),
        memories: file.memories,
        ...(improves ? { improves } : {}),
      },
    });
  }
  return made;
}

/** The person who decides on a file must know that it was made without looking at all that is there. */
function unread({ left = [] }: Surroundings): readonly Finding[] {
  const [first] = left;
  if (first === undefined) return [];
  const message = `${left.length} files that belong to this were not read, ${JSON.stringify(first)} the first of them: they are more than are read for one artifact. Open a folder with fewer services to have them regarded.`;
  return [
    { rule: 'omega/left', severity: 'warning', line: 1, message, url: ruleUrl('omega/left') },
  ];
}

/** What small changes do, for the one who decides on them: the file itself tells it to nobody. */
function mendedNote(sentences: readonly string[]): readonly Finding[] {
  if (sentences.length === 0) return [];
  const rule = 'omega/mended';
  const message = sentences.join(' ');
  return [{ rule, severity: 'info', line: 1, message, url: ruleUrl(rule) }];
}
