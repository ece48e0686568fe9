import { flagValue, type Instruction, words } from './read-instructions.ts';

/** One build stage: everything from a FROM to the next. */
export type Stage = {
  readonly index: number;
  /** In lower case, or null. */
  readonly name: string | null;
  readonly line: number;
  /** The image or stage that it builds on, with defaults of global ARGs filled in. */
  readonly base: string;
  /** Whether `base` depends on an ARG, which a build may give another value. */
  readonly isOpen: boolean;
  /** The earlier stage that `base` names, or null where it is an image. */
  readonly parent: Stage | null;
  readonly instructions: readonly Instruction[];
};

/** A Dockerfile as stages, with the instructions that stand before the first FROM. */
export type StageTree = {
  readonly global: readonly Instruction[];
  readonly stages: readonly Stage[];
};

/** Groups instructions into stages and fills in what global ARGs say of base images. */
export function readStages(instructions: readonly Instruction[]): StageTree {
  const global: Instruction[] = [];
  const stages: (Stage & { readonly instructions: Instruction[] })[] = [];
  const defaults = new Map<string, string>();
  for (const instruction of instructions) {
    const current = stages.at(-1);
    if (instruction.keyword === 'FROM') {
      const [image = '', as = '', name = ''] = words(instruction.args);
      const base = expand(image, defaults);
      const named = as.toLowerCase() === 'as' && name !== '' ? name.toLowerCase() : null;
      const parent = stages.findLast((stage) => stage.name === base.toLowerCase()) ?? null;
      const { line } = instruction;
      const isOpen = image.includes('$');
      const index = stages.length;
      stages.push({ index, name: named, line, base, isOpen, parent, instructions: [] });
    } else if (current) current.instructions.push(instruction);
    else {
      global.push(instruction);
      if (instruction.keyword !== 'ARG') continue;
      for (const word of words(instruction.args)) {
        const equals = word.indexOf('=');
        if (equals > 0)
          defaults.set(word.slice(0, equals), expand(word.slice(equals + 1), defaults));
      }
    }
  }
  return { global, stages };
}

/** A stage and the stages that it is built on, itself first. */
export function lineage(stage: Stage): readonly Stage[] {
  const chain: Stage[] = [];
  for (let at: Stage | null = stage; at !== null; at = at.parent) chain.push(at);
  return chain;
}

/** The stage that `COPY --from` or `--mount=from=` names, by name or index, before `before`. */
export function findStage(
  stages: readonly Stage[],
  reference: string,
  before: number,
): Stage | null {
  const earlier = stages.slice(0, before);
  if (/^\d+$/.test(reference)) return earlier[Number(reference)] ?? null;
  return earlier.findLast((stage) => stage.name === reference.toLowerCase()) ?? null;
}

/** All `--from=` and `--mount=…from=` references of an instruction. */
export function fromReferences(instruction: Instruction): readonly string[] {
  const copied = flagValue(instruction, 'from');
  const mounted = instruction.flags
    .filter((flag) => flag.name === 'mount')
    .flatMap((flag) => /(?:^|,)from=([^,]+)/.exec(flag.value)?.[1] ?? []);
  return copied === null ? mounted : [copied, ...mounted];
}

function expand(text: string, values: ReadonlyMap<string, string>): string {
  return text
    .slice(0, 2_000)
    .replace(
      /\$(?:\{(\w+)(?::?([-+])([^${}]*))?\}|(\w+))/g,
      (whole, braced, operator, word, bare) => {
        const value = values.get(braced ?? bare);
        if (operator === '-') return value || word;
        if (operator === '+') return value ? word : '';
        return value ?? whole;
      },
    );
}
