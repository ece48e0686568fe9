import { z } from 'zod';
import { throwIfCancelled } from '#main/core/abort.ts';
import { sha256 } from '#main/core/hash.ts';
import type { ProposalMemory } from '#main/generation/memory/proposal-memory.ts';
import type { LoopAction } from '#shared/loops.ts';
import type { Memory, NewMemory } from '#shared/memory.ts';
import type { Pattern } from './pattern-counter.ts';
import { liftText, patternName, plain } from './pattern-text.ts';

/** Of the memories of patterns; more than there are patterns in a report. */
const mostKnown = 1_000;
/** Places that a memory names, characters of its text, and changes of one cycle. */
const mostPlaces = 8;
const mostText = 1_500;
const mostChanges = 150;
const ownTag = 'loop:transcendent';

/** The part of a pattern's memory that a change of it changes. */
const keptSchema = z.object({
  text: z.string().max(4_000),
  confidence: z.number().min(0).max(1),
  metadata: z.record(z.string(), z.json()),
});
/** See {@link keptSchema}. */
export type Kept = z.infer<typeof keptSchema>;

/** The parameters of an action on a memory; `before` is null where it is new, `after` where it is gone. */
export const memoryChangeSchema = z.object({
  pattern: z.string(),
  memory: z.string(),
  before: keptSchema.nullable(),
  after: keptSchema.nullable(),
});

/** What keeping is told beside the patterns. */
export type KeepOptions = {
  readonly cycle: string;
  readonly nameOf: (root: string) => string;
  /** Whether a pattern that is not there is gone: every project was read, and there are some. */
  readonly isWhole: boolean;
  /** Projects that could not be read: whether they still have what they had is not known. */
  readonly lost: readonly string[];
  /** Digests of patterns whose memory a person took back: they stay so while they are the same. */
  readonly refused: ReadonlySet<string>;
  readonly signal: AbortSignal;
};

/**
 * Brings the strategic memories into line with the patterns: new ones are stored, those whose
 * projects changed are changed, those that are no more are removed. Nothing is done for what is
 * known as it is.
 */
export async function keepPatterns(
  memory: ProposalMemory,
  patterns: readonly Pattern[],
  options: KeepOptions,
): Promise<readonly LoopAction[]> {
  const { signal, refused, isWhole } = options;
  const known = await knownPatterns(memory, signal);
  const actions: LoopAction[] = [];
  for (const pattern of patterns) {
    throwIfCancelled(signal);
    const tag = patternTag(pattern.key);
    const found = known.get(tag);
    known.delete(tag);
    const after = keptOf(pattern, options);
    const isSame =
      found !== undefined && says(found.metadata, options) === says(after.metadata, options);
    if (isSame || actions.length >= mostChanges || refused.has(String(after.metadata.digest)))
      continue;
    const name = patternName(pattern);
    if (found) {
      await memory.change(found.id, after, signal);
      actions.push(action('Changed', name, { id: found.id, tag, before: keep(found), after }));
    } else {
      const { id } = await memory.remember(newMemory(tag, after), signal);
      actions.push(action('Remembered', name, { id, tag, before: null, after }));
    }
  }
  for (const [tag, gone] of isWhole ? known : []) {
    if (actions.length >= mostChanges) break;
    await memory.forget(gone.id, signal);
    const change = { id: gone.id, tag, before: keep(gone), after: null };
    actions.push(action('Forgot', String(gone.metadata.name), change));
  }
  return actions;
}

async function knownPatterns(
  memory: ProposalMemory,
  signal: AbortSignal,
): Promise<Map<string, Memory>> {
  const query = { types: ['pattern'], tags: [ownTag], limit: mostKnown, recalls: false };
  const { memories } = await memory.recall(query, signal);
  return new Map(
    memories.flatMap(({ memory: found }) => {
      const tag = found.tags.find((one) => one.startsWith('pattern:'));
      return tag ? [[tag, found] as const] : [];
    }),
  );
}

/** A pattern's memory, as it is stored the first time or again. */
export function newMemory(tag: string, { text, confidence, metadata }: Kept): NewMemory {
  return {
    ...{ tier: 'strategic', type: 'pattern', text, confidence, metadata, importance: 0.8 },
    ...{ tags: [ownTag, tag], source: 'loop', ref: `transcendent/${metadata.cycle}` },
  };
}

function keptOf(pattern: Pattern, { cycle, nameOf }: KeepOptions): Kept {
  const { support, of, traits } = pattern;
  const roots = traits[0]?.places.map(({ root }) => root) ?? [];
  const name = patternName(pattern).slice(0, 300);
  const places = traits
    .flatMap((trait) => trait.places)
    .slice(0, mostPlaces)
    .map(({ root, path, line }) => `${nameOf(root)}/${plain(path)}:${line}`);
  const values = traits.map(({ group, value }) => [group, value]);
  return {
    text: `${support} of ${of} projects share ${name}: ${places.join(', ')}. ${liftText(pattern)}.`.slice(
      0,
      mostText,
    ),
    // Laplace's rule of succession, over the projects.
    confidence: (support + 1) / (of + 2),
    metadata: {
      ...{ loop: 'transcendent', cycle, name, support, of, places },
      roots: roots.map(rootMark),
      digest: sha256(JSON.stringify([values, [...roots].toSorted(), of])).slice(0, 32),
    },
  };
}

/** What a memory says; but for projects that cannot be read now, which neither confirm nor deny it. */
function says(metadata: Memory['metadata'], { lost }: KeepOptions): string {
  if (lost.length === 0) return String(metadata.digest);
  const marks = new Set(lost.map(rootMark));
  const roots = Array.isArray(metadata.roots) ? metadata.roots.map(String) : [];
  return JSON.stringify([metadata.name, roots.filter((mark) => !marks.has(mark))]);
}

/** Stands for a project's folder, of any length. */
function rootMark(root: string): string {
  return sha256(root).slice(0, 8);
}

function keep({ text, confidence, metadata }: Memory): Kept {
  return { text, confidence, metadata: { ...metadata } };
}

function patternTag(key: string): string {
  return `pattern:${sha256(key).slice(0, 32)}`;
}

type Change = {
  readonly id: string;
  readonly tag: string;
  readonly before: Kept | null;
  readonly after: Kept | null;
};

function action(did: string, name: string, { id, tag, before, after }: Change): LoopAction {
  return {
    id: sha256(`${tag}\n${JSON.stringify([before, after])}`).slice(0, 32),
    kind: 'memory',
    description: `${did} as a strategic memory: ${name}`.slice(0, 2_000),
    parameters: { pattern: tag, memory: id, before, after },
    state: 'done',
  };
}
