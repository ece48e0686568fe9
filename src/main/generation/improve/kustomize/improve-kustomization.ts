import { asItIs, type Improvement, type ImprovementNote } from '../improvement.ts';
import { applyTextEdits, type TextEdit } from '../text-edits.ts';
import { isEmpty } from '../yaml/places.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';
import { fieldsOf, type Kustomization, listEnvs, moveLabels, renameKey } from './fields.ts';
import { moveBases } from './move-bases.ts';
import { movePatches, type TextOf } from './move-patches.ts';
import { isSameBuild } from './same-build.ts';

/** Edits of one deprecated field, and what is said of it. */
type Step = {
  readonly old: readonly string[];
  readonly edits: readonly TextEdit[];
  readonly said: string;
  /** Why nothing was done; null where nothing is to be. */
  readonly why: string | null;
};

/** What a text has to hold to be worth parsing: most have nothing of it. */
const deprecated =
  /^["']?(?:bases|imageTags|patchesStrategicMerge|patchesJson6902|commonLabels|vars)\b|^[ \t]+(?:- )?env[ \t]*:/m;

/** One field that moves away can let another be moved: no more rounds than there are steps. */
const mostRounds = 5;

/**
 * What `kustomize edit fix` does to deprecated fields, as edits of the text that keep comments, order
 * and line ends. Where the build would not be the same, or the text is not as expected, a field is
 * left to the author, with the reason.
 */
export function improveKustomization(content: string, textOf: TextOf): Improvement {
  if (!deprecated.test(content)) return asItIs(content);
  const origin = readKustomization(content);
  if (origin === null) return asItIs(content);
  let [read, last] = [origin, roundOf(origin, textOf)];
  const done = [...last.done];
  for (let rounds = 1; rounds < mostRounds && last.text !== read.text; rounds += 1) {
    const next = deprecated.test(last.text) ? readKustomization(last.text) : null;
    if (next === null) break;
    [read, last] = [next, roundOf(next, textOf)];
    done.push(...last.done);
  }
  return {
    content: last.text,
    done: done.map(({ old, said }) => ({ line: lineOf(old, origin), text: said })),
    left: leftOf([...last.steps, vars], readKustomization(last.text)),
  };
}

function readKustomization(content: string): Kustomization | null {
  const file = readYamlFile(content);
  return file === null ? null : fieldsOf(file);
}

type Round = {
  readonly text: string;
  readonly steps: readonly Step[];
  /** The steps that changed the text. */
  readonly done: readonly Step[];
};

function roundOf(read: Kustomization, textOf: TextOf): Round {
  const { text: content } = read;
  const steps = stepsOf(read, read.file.documents[0]?.value, textOf);
  const all = made(content, steps);
  // Where not all goes together, each is tried by itself.
  const possible = all === null ? steps.filter((one) => made(content, [one]) !== null) : steps;
  const text = all ?? made(content, possible) ?? content;
  const done = text === content ? [] : possible.filter(({ edits }) => edits.length > 0);
  return { text, steps, done };
}

function leftOf(
  steps: readonly Pick<Step, 'old' | 'why'>[],
  still: Kustomization | null,
): readonly ImprovementNote[] {
  return steps.flatMap(({ old, why }): readonly ImprovementNote[] => {
    const there = old.filter((name) => !isEmptyField(still, name));
    if (there.length === 0) return [];
    const reason = why ?? 'its text is not as expected';
    const text = `Left as it is: ${there.join(' and ')}, which kustomize will drop, since ${reason}.`;
    return [{ line: lineOf(there, still), text }];
  });
}

function lineOf(names: readonly string[], of: Kustomization | null): number {
  const at = names.flatMap((name) => of?.fields.get(name)?.key.range?.[0] ?? [])[0] ?? 0;
  return (of?.text ?? '').slice(0, at).split('\n').length;
}

function isEmptyField(read: Kustomization | null, name: string): boolean {
  return isEmpty(read?.fields.get(name)?.value ?? null);
}

/** The text after these steps, if it asks for the same build; null else. */
function made(content: string, steps: readonly Step[]): string | null {
  const edits = steps.flatMap((one) => one.edits);
  try {
    const text = applyTextEdits(content, edits);
    const [before, after] = [readYamlFile(content), readYamlFile(text)];
    if (after === null || before?.documents.length !== after.documents.length) return null;
    return isSameBuild(before.documents[0]?.value, after.documents[0]?.value) ? text : null;
  } catch (error) {
    // Edits of two fields that touch each other cannot be made at once.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function stepsOf(read: Kustomization, value: unknown, textOf: TextOf): readonly Step[] {
  const { fields } = read;
  const patches = movePatches(read, value, textOf);
  const tags = fields.get('imageTags');
  return [
    {
      old: ['bases'],
      edits: moveBases(read),
      said: 'bases are resources, as kustomize asks.',
      why: 'resources stand in a list that they cannot be added to',
    },
    {
      old: ['imageTags'],
      edits: tags && !fields.has('images') ? [renameKey(tags, 'images')] : [],
      said: 'imageTags are called images.',
      why: 'there are images too',
    },
    {
      old: ['patchesStrategicMerge', 'patchesJson6902'],
      edits: patches.edits,
      said: 'patches stand under one key, in the order in which they were applied.',
      why: patches.why,
    },
    {
      old: ['commonLabels'],
      edits: moveLabels(read),
      said: 'commonLabels are labels that selectors have too.',
      why: fields.has('labels') ? 'there are labels too' : null,
    },
    {
      // Whether a generator still has it is not worth a word: both are read alike.
      old: [],
      edits: listEnvs(read),
      said: 'env of generators is a list, envs.',
      why: null,
    },
  ];
}

const vars: Pick<Step, 'old' | 'why'> = {
  old: ['vars'],
  why: 'replacements in their place have to name every field that is filled: try kustomize edit fix --vars on a copy, and compare what both build',
};
