import type { Pattern } from './pattern-counter.ts';
import type { TraitGroup } from './trait.ts';

const says: Readonly<Record<TraitGroup, (value: string) => string>> = {
  language: (value) => `written in ${value}`,
  framework: (value) => `the framework ${value}`,
  runtime: (value) => `the runtime ${value}`,
  'package-manager': (value) => `the package manager ${value}`,
  image: (value) => `the base image ${value}`,
  port: (value) => `port ${value}`,
  backing: (value) => `the backing service ${value}`,
  variable: (value) => `the variable ${value}`,
  health: (value) => `the health path ${value}`,
  finding: (value) => `findings of the rule ${value}`,
  edit: (value) => `the accepted edit "${value}"`,
  rejection: (value) => `the rejection of a ${value}`,
};

/** What a pattern's projects share: `port 3000`. */
export function patternName({ traits }: Pick<Pattern, 'traits'>): string {
  const named = traits.slice(0, 12).map(({ group, value }) => says[group](plain(value)));
  const more = traits.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** How it stands to languages, as a clause. */
export function liftText({ language, languages, lift, traits }: Pattern): string {
  const [first] = traits;
  if (first?.group === 'language') return `it comes with ${plain(first.value)}`;
  if (traits.length > 1) return `it comes with ${language ?? 'one language'}`;
  if (language === null || lift < 1.5) {
    return languages > 1 ? `in projects of ${languages} languages` : 'in projects of one language';
  }
  const only = languages === 1 ? `only where there is ${language}, ` : '';
  const where = languages === 1 ? 'there' : `where there is ${language}`;
  return `${only}${lift.toFixed(1)} times as common ${where} as among all`;
}

/** Values are of strangers' files: one line, without what Markdown or a terminal would act on. */
export function plain(value: string): string {
  return value
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll('`', "'")
    .slice(0, 200);
}

/** The names of projects: their folders' where they differ, else the whole paths. */
export function projectNames(roots: readonly string[]): (root: string) => string {
  const folder = (root: string): string =>
    root.split(/[\\/]/).findLast((part) => part !== '') ?? root;
  const counts = new Map<string, number>();
  for (const root of roots) counts.set(folder(root), (counts.get(folder(root)) ?? 0) + 1);
  return (root) => plain(counts.get(folder(root)) === 1 ? folder(root) : root);
}
