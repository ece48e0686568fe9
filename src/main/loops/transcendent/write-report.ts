import type { Pattern } from './pattern-counter.ts';
import { liftText, patternName, plain, projectNames } from './pattern-text.ts';
import type { TraitGroup } from './trait.ts';

/** Patterns that a report has room for, traits of each, and places of each trait. */
export const reportBounds = { patterns: 60, traits: 12, places: 10 } as const;

const titles: Readonly<Record<string, readonly TraitGroup[]>> = {
  'How files are written': ['finding', 'edit', 'rejection'],
  'What services have in common': ['port', 'backing', 'variable', 'health'],
  'What they are made with': ['language', 'framework', 'runtime', 'package-manager', 'image'],
};

/** What a report is written from. */
export type ReportSources = {
  readonly patterns: readonly Pattern[];
  /** Projects that were read, and why others were not. */
  readonly read: readonly string[];
  readonly failed: readonly { readonly root: string; readonly why: string }[];
};

/**
 * The report over all projects, as Markdown. It holds no time and no id, so that the same projects
 * make the same text.
 */
export function writeReport({ patterns, read, failed }: ReportSources): string {
  const nameOf = projectNames([...read, ...failed.map(({ root }) => root)]);
  const shown = patterns.slice(0, reportBounds.patterns);
  const left = patterns.length - shown.length;
  const sections = Object.entries(titles).flatMap(([title, groups]) => {
    const own = shown.filter(({ traits }) => groups.some((group) => group === traits[0]?.group));
    return own.length > 0 ? [`## ${title}`, ...own.map((one) => patternText(one, nameOf))] : [];
  });
  const parts = [
    '# What your projects have in common',
    `${read.length} projects were read. A pattern is what at least three of them share, or more than half of fewer; each is cited with the place where it stands.`,
    ...(sections.length > 0 ? sections : ['They share nothing that is a pattern.']),
    ...(left > 0 ? [`${left} more patterns are left out; these are the most widely shared.`] : []),
    '## Projects',
    list([...read].toSorted().map((root) => `${nameOf(root)}: \`${plain(root)}\``)),
    ...(failed.length > 0
      ? ['## Not read', list(failed.map(({ root, why }) => `${nameOf(root)}: ${plain(why)}`))]
      : []),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function patternText(pattern: Pattern, nameOf: (root: string) => string): string {
  const { traits, support, of, without } = pattern;
  const lacking = without.length > 0 && without.length <= 3;
  return [
    `### ${support} of ${of}: ${patternName(pattern)}`,
    `${capital(liftText(pattern))}.${lacking ? ` Not in ${without.map(nameOf).join(', ')}.` : ''}`,
    ...traits
      .slice(0, reportBounds.traits)
      .map(({ places, value }) =>
        [
          ...(traits.length > 1 ? [`${plain(value)}:`, ''] : []),
          list(
            places
              .slice(0, reportBounds.places)
              .map(({ root, path, line }) => `${nameOf(root)}: \`${plain(path)}:${line}\``),
          ),
        ].join('\n'),
      ),
  ].join('\n\n');
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
