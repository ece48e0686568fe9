import { InvalidArgumentError } from 'commander';
import { editDistance } from '#main/core/edit-distance.ts';

/** What people type for names that are written otherwise here. */
const othersSay: Readonly<Record<string, readonly string[]>> = {
  kubernetes: ['k8s', 'cluster'],
  dockerfile: ['docker', 'image'],
  compose: ['docker-compose'],
  'github-actions': ['github', 'gha', 'actions'],
  'gitlab-ci': ['gitlab'],
  terraform: ['tf', 'iac'],
  collector: ['otel', 'opentelemetry'],
  policies: ['policy', 'kyverno', 'security'],
  gcp: ['google'],
  azure: ['microsoft'],
  containers: ['ecs', 'fargate', 'cloudrun', 'cloud-run'],
};

/** A parser that takes one of some names, and says of another which was probably meant. It throws `InvalidArgumentError`. */
export function oneOf<T extends string>(names: readonly T[]): (text: string) => T {
  return (text) => {
    const name = names.find((known) => known === text);
    if (name !== undefined) return name;
    throw new InvalidArgumentError(`${meant(text, names)}Give one of ${names.join(', ')}.`);
  };
}

/** `Did you mean "gke"? ` for a name that is near to one of them, else nothing. */
export function meant(text: string, names: readonly string[]): string {
  const typed = text.toLowerCase();
  const near = names
    .map((name) => ({ name, far: distance(typed, name) }))
    .filter(({ far }) => far <= 2)
    .sort((a, b) => a.far - b.far)[0];
  return near ? `Did you mean "${near.name}"? ` : '';
}

function distance(typed: string, name: string): number {
  if (othersSay[name]?.includes(typed)) return 0;
  if (typed.length > 2 && name.startsWith(typed)) return 1;
  if (sorted(typed) === sorted(name)) return 1;
  // Of a word of three letters two others make another one.
  const most = Math.min(2, Math.floor(name.length / 2));
  const far = editDistance(typed.slice(0, 40), name, most);
  return far > most ? Number.POSITIVE_INFINITY : far;
}

function sorted(word: string): string {
  return [...word].sort().join('');
}
