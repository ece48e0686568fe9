import { type Finding, severities } from '#shared/artifact.ts';
import { reasonOf } from '#shared/rules.ts';
import type { Service } from '#shared/scan.ts';
import type { WrittenFile } from '../blueprint.ts';
import { resourcesOf, resourcesReason } from '../kubernetes/resources.ts';
import { baseOf, sizesSource } from './image-sizes.ts';
import { cell, fileLink, table } from './markdown.ts';

type Found = Finding & { readonly file: string };
type Proposed = WrittenFile & { readonly service: Service | null };

/** Findings that are listed at most for one severity. */
const maxListed = 200;
const means = {
  error: 'the real tool refuses it, or a secret is in it',
  warning: 'it works, and makes an attack or a fault easier',
  info: 'it could be better',
} as const;

/** What was found in the files that are there, the worst first. */
export function findingsSection(from: string, findings: readonly Found[]): readonly string[] {
  const counts = severities.map((severity) => [
    severity,
    String(findings.filter((one) => one.severity === severity).length),
    means[severity],
  ]);
  const lists = severities.flatMap((severity) => {
    const found = findings.filter((one) => one.severity === severity);
    const more = found.length - maxListed;
    const rows = found
      .slice(0, maxListed)
      .map(({ file, line, rule, message, url }) => [
        fileLink(from, file, line),
        `${cell(message)}${whyOf(rule, url)}`,
      ]);
    if (rows.length === 0) return [];
    return [
      `### ${severity}`,
      '',
      ...table(['Where', 'What'], rows),
      ...(more > 0 ? [`${more} more are not listed.`, ''] : []),
    ];
  });
  return ['## Findings', '', ...table(['Severity', 'Findings', 'Meaning'], counts), ...lists];
}

function whyOf(rule: string, url: string): string {
  const own = reasonOf(rule);
  if (own) return ` ${cell(own.why)}`;
  return url.startsWith('https://') ? ` [Why](${url.replaceAll(')', '%29')})` : '';
}

/** Where secrets stand; never what they are. */
export function secretsSection(from: string, findings: readonly Found[]): readonly string[] {
  const secrets = findings.filter(({ rule }) => /secret/.test(rule));
  const rows = [...new Map(secrets.map((one) => [`${one.file}:${one.line}`, one])).values()].map(
    ({ file, line, rule }) => [fileLink(from, file, line), cell(rule)],
  );
  const said =
    rows.length === 0
      ? [
          'None was found in the files that were read. Other files, and the history of the repository, were not searched: one that was taken out of a file stands there still, and has to be changed.',
          '',
        ]
      : [
          'What was ever committed counts as known: change these, then take them out.',
          '',
          ...table(['Where', 'Rule'], rows),
        ];
  return ['## Secrets', '', ...said];
}

/** What small changes would mend yet, and what they leave to a person. */
export function changesSection(from: string, proposed: readonly Proposed[]): readonly string[] {
  const byPath = [...new Map(proposed.map((one) => [one.path, one])).values()];
  const mended = listed(
    from,
    byPath.flatMap(({ path, mended: texts = [] }) => texts.map((text) => ({ path, text }))),
  );
  const left = listed(
    from,
    byPath.flatMap(({ path, notes = [] }) => notes.map(({ message: text }) => ({ path, text }))),
  );
  return [
    '## What Omega can mend',
    '',
    ...(mended.length > 0
      ? [
          'By small changes that keep comments and order: `omega generate --artifacts dockerfile,compose,kubernetes`.',
          '',
          ...mended,
        ]
      : ['Nothing more: see the findings for what is left.']),
    '',
    '## What a person has to decide',
    '',
    ...(left.length > 0 ? left : ['Nothing beside the findings above.']),
    '',
  ];
}

/** Files that are named beside one text at most. */
const maxFiles = 10;

/** A line for each text, however many files and services it is of; what it is of stands behind it. */
function listed(
  from: string,
  said: readonly { readonly path: string; readonly text: string }[],
): readonly string[] {
  const groups = [...Map.groupBy(said.map(parted), ({ rest }) => rest)];
  const lines = groups.slice(0, maxListed).map(([rest, of]) => {
    const [only, another] = of;
    if (only && another === undefined) return `- ${fileLink(from, only.path)}: ${cell(only.text)}`;
    const byPath = [...Map.groupBy(of, ({ path }) => path)];
    const places = byPath.slice(0, maxFiles).map(([path, here]) => {
      const subjects = [...new Set(here.flatMap(({ subject }) => subject ?? []))];
      return `${fileLink(from, path)}${subjects.length === 0 ? '' : `: ${cell(subjects.join(', '))}`}`;
    });
    const more = byPath.length > maxFiles ? ` and ${byPath.length - maxFiles} more` : '';
    return `- ${cell(rest)} (${places.join('; ')}${more})`;
  });
  const more = groups.length - lines.length;
  return [...lines, ...(more > 0 ? [`- ${more} more are not listed.`] : [])];
}

/** A note without the service that it is of: `web: it …` and `Left as it is in web: it …` say the same of each. */
function parted({ path, text }: { readonly path: string; readonly text: string }) {
  const left = /^(Left as it is) in ([\w.-]+)(: .*)$/s.exec(text);
  if (left) return { path, text, subject: left[2] ?? null, rest: `${left[1]}${left[3]}` };
  const named = /^([\w.-]+): (.*)$/s.exec(text);
  return { path, text, subject: named?.[1] ?? null, rest: named?.[2] ?? text };
}

/** About how large images are, and why containers ask for what they ask. */
export function sizesSection(
  services: readonly Service[],
  proposed: readonly Proposed[],
): readonly string[] {
  const dockerfiles = new Map(
    proposed
      .filter(({ kind, path }) => kind === 'dockerfile' && !/ignore$/.test(path))
      .map(({ service, content }) => [service, content]),
  );
  const images = services.flatMap((service) => {
    const base = baseOf(dockerfiles.get(service) ?? '');
    return base
      ? [
          [
            cell(service.name),
            cell(base.image),
            base.megabytes === null ? 'not known' : `about ${base.megabytes} MB`,
          ],
        ]
      : [];
  });
  const sizes = services.map((service) => {
    const { requests, limits } = resourcesOf(service);
    return [
      cell(service.name),
      cell(`${requests.cpu} CPU, ${requests.memory}`),
      cell(limits.memory ?? ''),
      cell(resourcesReason(service)),
    ];
  });
  return [
    ...(images.length > 0
      ? [
          '## Images',
          '',
          `${sizesSource} The program and its dependencies come on top.`,
          '',
          ...table(['Service', 'Base', 'Size of the base'], images),
        ]
      : []),
    '## Requests and limits',
    '',
    ...table(['Service', 'Requests', 'Limit of memory', 'Why'], sizes),
  ];
}

/** What the report stands on, and what it does not. */
export function readSection(
  from: string,
  read: readonly string[],
  unread: readonly string[],
): readonly string[] {
  return [
    '## What was read',
    '',
    ...(read.length > 0
      ? read.map((path) => `- ${fileLink(from, path)}`)
      : ['No infrastructure file: the project has none that the scan knows.']),
    '',
    ...(unread.length > 0
      ? [
          'Not read, since they are links, too large, no UTF-8, or too many:',
          '',
          ...unread.map((path) => `- ${cell(path)}`),
          '',
        ]
      : []),
    'Source code was searched for facts, not for faults; images and packages were not scanned for known weaknesses.',
  ];
}
