import { defaultTarget, type Target } from '#shared/target.ts';
import { catalogueCorpus } from './catalogue-corpus.ts';
import { catalogueOf, changedByItself, type Pass } from './catalogue-part.ts';
import { labelledFormats } from './labelled/formats.ts';
import { type Score, score } from './labelled/score.ts';
import { checkout } from './repositories.ts';
import { percentile, rounded } from './statistics.ts';

/** What `bench -- catalogue` prints. */
export type CatalogueFigures = {
  readonly suite: 'catalogue';
  readonly projects: number;
  readonly services: number;
  readonly languages: number;
  readonly files: number;
  readonly errors: number;
  /** Share of comparisons between files that agree. */
  readonly consistency: number;
  readonly perArtifactMs: { readonly p50: number; readonly p95: number; readonly max: number };
  /** Files that a second run over the same facts makes otherwise. */
  readonly unstable: number;
  /** Files that a run over its own output, written to disk, would change. */
  readonly changedByItself: number;
  /** Error-level findings where the projects' own files are improved instead of written anew. */
  readonly improvedErrors: number;
  /** How validators judged public files, and those that listed mutations broke. */
  readonly validators: {
    readonly formats: number;
    readonly good: number;
    readonly broken: number;
    /** Broken files that got no error-level finding. */
    readonly falseAccept: number;
    /** Good files that got one. */
    readonly falseReject: number;
  };
};

const anew: Target = { ...defaultTarget, existing: 'replace' };

/** Generates every kind for real projects; what is wrong is named on stderr. */
export async function catalogueSuite(short: boolean): Promise<CatalogueFigures> {
  const path = process.env.PATH;
  const roots: string[] = [];
  for (const one of short ? catalogueCorpus.slice(0, 1) : catalogueCorpus)
    roots.push(await checkout(one));
  // Tools of this machine are not ours to measure.
  process.env.PATH = '';
  try {
    const passes: Pass[] = [];
    let unstable = 0;
    const changed: string[] = [];
    const errors: string[] = [];
    for (const root of roots) {
      // An author's own files may contradict each other; the figures are of what the blueprints write.
      const pass = await catalogueOf(root, anew);
      const again = await catalogueOf(root, anew);
      unstable += again.files.filter((file, at) => file.content !== pass.files[at]?.content).length;
      const improved = await catalogueOf(root);
      changed.push(...(await changedByItself(root, improved)).map((file) => `${root}/${file}`));
      errors.push(...improved.errors);
      passes.push({ ...pass, fileMs: again.fileMs });
    }
    for (const { errors, contradictions, refused } of passes) {
      for (const line of [...errors, ...contradictions, ...refused])
        process.stderr.write(`${line}\n`);
    }
    for (const line of errors) process.stderr.write(`improved: ${line}\n`);
    for (const file of changed) process.stderr.write(`changed by itself: ${file}\n`);
    const scores: Score[] = [];
    for (const one of short ? [] : labelledFormats) scores.push(await score(one));
    const counts = { unstable, changed: changed.length, improvedErrors: errors.length };
    return { ...figures(passes, counts), validators: validatorFigures(scores) };
  } finally {
    process.env.PATH = path;
  }
}

function figures(
  passes: readonly Pass[],
  counts: { readonly unstable: number; readonly changed: number; readonly improvedErrors: number },
): Omit<CatalogueFigures, 'validators'> {
  const sum = (of: (pass: Pass) => number) => passes.reduce((all, pass) => all + of(pass), 0);
  const ms = passes.flatMap(({ fileMs }) => fileMs);
  const compared = sum((pass) => pass.compared);
  const wrong = sum(({ contradictions }) => contradictions.length);
  return {
    suite: 'catalogue',
    projects: passes.length,
    services: sum(({ services }) => services),
    languages: new Set(passes.flatMap(({ languages }) => languages)).size,
    files: sum(({ files }) => files.length),
    errors: sum(({ errors }) => errors.length),
    consistency: rounded(compared === 0 ? 0 : 1 - wrong / compared, 4),
    perArtifactMs: {
      p50: rounded(percentile(ms, 0.5)),
      p95: rounded(percentile(ms, 0.95)),
      max: rounded(Math.max(...ms)),
    },
    unstable: counts.unstable,
    changedByItself: counts.changed,
    improvedErrors: counts.improvedErrors,
  };
}

function validatorFigures(scores: readonly Score[]): CatalogueFigures['validators'] {
  for (const { falseAccept, falseReject } of scores) {
    for (const one of falseAccept) process.stderr.write(`broken and accepted: ${one}\n`);
    for (const one of falseReject) process.stderr.write(`good and refused: ${one}\n`);
  }
  const sum = (of: (one: Score) => number) => scores.reduce((all, one) => all + of(one), 0);
  return {
    formats: scores.length,
    good: sum(({ good }) => good),
    broken: sum(({ broken }) => broken),
    falseAccept: sum(({ falseAccept }) => falseAccept.length),
    falseReject: sum(({ falseReject }) => falseReject.length),
  };
}
