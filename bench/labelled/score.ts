import { offlinePorts as ports } from '#main/generation/offline-ports.ts';
import type { FileFormat, TextFile } from '#main/generation/validation/validator.ts';
import type { GoodFile, LabelledFormat, Mutation } from './labelled.ts';
import { publicFile } from './public-file.ts';

const { signal } = new AbortController();
/** Good files that one mutation breaks at most. */
const filesOfMutation = 3;

/** How a validator judged files whose verdict is known. */
export type Score = {
  readonly format: FileFormat;
  readonly good: number;
  readonly broken: number;
  /** Good files that got an error-level finding, with it. */
  readonly falseReject: readonly string[];
  /** Broken files without one, by their mutation and the file that it was made from. */
  readonly falseAccept: readonly string[];
};

type Sample = TextFile & { readonly siblings: readonly TextFile[]; readonly from: string };

/** Judges the good files of a format, and those that its mutations make of them. */
export async function score({ format, good, mutations }: LabelledFormat): Promise<Score> {
  const samples: Sample[] = [];
  for (const one of good) samples.push(await sampleOf(one));
  const falseReject: string[] = [];
  for (const sample of samples) {
    const error = await firstError(format, sample);
    if (error !== null) falseReject.push(`${sample.from}: ${error}`);
  }
  const falseAccept: string[] = [];
  let broken = 0;
  for (const [at, mutation] of mutations.entries()) {
    // Each mutation begins with another file, so that none stands for all.
    const from = at % Math.max(1, samples.length);
    for (const sample of brokenBy(mutation, [...samples.slice(from), ...samples.slice(0, from)])) {
      broken += 1;
      if ((await firstError(format, sample)) === null)
        falseAccept.push(`${format}: ${mutation.name}: ${sample.from}`);
    }
  }
  return { format, good: samples.length, broken, falseReject, falseAccept };
}

/** Throws where no good file has a place for the fault: a mutation that breaks nothing proves nothing. */
function brokenBy({ name, breaks }: Mutation, samples: readonly Sample[]): readonly Sample[] {
  const made = samples.flatMap((sample) => {
    const content = breaks(sample.content, sample.path);
    if (content === sample.content) throw new Error(`"${name}" leaves ${sample.from} as it is.`);
    return content === null ? [] : [{ ...sample, content }];
  });
  if (made.length === 0) throw new Error(`No good file has a place for "${name}".`);
  return made.slice(0, filesOfMutation);
}

async function sampleOf({ repository, path, siblings = [] }: GoodFile): Promise<Sample> {
  const beside: TextFile[] = [];
  for (const one of siblings)
    beside.push({ path: one, content: await publicFile(repository, one) });
  const content = await publicFile(repository, path);
  const from = `${repository.name}@${repository.commit.slice(0, 12)}/${path}`;
  return { path, content, siblings: beside, from };
}

async function firstError(format: FileFormat, file: Sample): Promise<string | null> {
  const { path, content, siblings } = file;
  const findings = await ports.validate({ path, content, siblings, format }, signal);
  const error = findings.find(({ severity }) => severity === 'error');
  return error ? `line ${error.line}: ${error.rule}: ${error.message}` : null;
}
