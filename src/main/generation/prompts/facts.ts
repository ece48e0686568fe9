import type { EnvVar, ScanResult, Service } from '#shared/scan.ts';
import { oneLine } from './one-line.ts';

/** How much is told: all with its evidence, without evidence and variables, or a line a service. */
const levels = ['evidence', 'plain', 'line'] as const;
type Level = (typeof levels)[number];

/** Variables that are told of one service. */
const maxVariables = 60;
/** Other services, and infrastructure files, that are named. */
const maxNamed = 40;

/**
 * The facts of services as text, in as much detail as fits into `budget` characters; where even a
 * line for each does not fit, the rest is counted. Holds no path outside the project.
 */
export function factsText(
  project: ScanResult,
  services: readonly Service[],
  budget: number,
): string {
  for (const level of levels) {
    const text = render(project, services, level);
    if (text.length <= budget) return text;
  }
  const lines = render(project, services, 'line').split('\n');
  let kept = 0;
  for (let left = budget - 60; kept < lines.length; kept += 1) {
    left -= (lines[kept]?.length ?? 0) + 1;
    if (left < 0) break;
  }
  return `${lines.slice(0, kept).join('\n')}\n… ${lines.length - kept} more lines are left out.\n`;
}

function render(project: ScanResult, services: readonly Service[], level: Level): string {
  const own = new Set(services);
  const others = project.services.filter((service) => !own.has(service));
  // A chart's Chart.yaml stands for all of its files.
  const existing = project.existing
    .filter(({ kind }) => kind !== 'chart-file')
    .map(({ kind, path }) => `${oneLine(path)} (${kind})`);
  return [
    ...services.map((service) => describe(service, level)),
    ...some('Other services of the project', others.map(summary)),
    ...(level === 'line' ? [] : some('Infrastructure files that are there', existing)),
  ].join('\n');
}

function some(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const more = items.length > maxNamed ? [`… and ${items.length - maxNamed} more`] : [];
  return [`${title}:`, ...[...items.slice(0, maxNamed), ...more].map((item) => `- ${item}`), ''];
}

function summary({ name, kind, language, framework, path, ports }: Service): string {
  const made = [language, framework].filter(Boolean).join('/');
  const port = ports.length > 0 ? `, port ${ports.join(', ')}` : '';
  return `${oneLine(name, 100)}: ${kind}, ${made}, in ${oneLine(path)}${port}`;
}

function describe(service: Service, level: Level): string {
  if (level === 'line') return summary(service);
  const at = (fact: string): string => {
    const found = service.evidence.find((one) => one.fact === fact);
    return found && level === 'evidence' ? ` (${oneLine(found.file)}:${found.line})` : '';
  };
  const line = (label: string, value: string | null | undefined, fact: string) =>
    value === null || value === undefined || value === ''
      ? []
      : [`- ${label}: ${oneLine(value, 500)}${at(fact)}`];
  const list = (label: string, values: readonly (string | number)[] | undefined, fact: string) =>
    line(label, values?.join(', '), fact);
  return [
    `Service ${oneLine(service.name, 100)}: ${service.kind}${at('kind')}`,
    ...line('folder', service.path, 'path'),
    ...line('build context', service.context, 'context'),
    ...line('language', service.language, 'language'),
    ...line('runtime version', service.runtimeVersion, 'runtimeVersion'),
    ...line('framework', service.framework, 'framework'),
    ...line('package manager', service.packageManager, 'packageManager'),
    ...line('lockfile', service.lockfile, 'lockfile'),
    ...line('install', service.install, 'install'),
    ...line('build', service.build, 'build'),
    ...line('build leaves', service.output, 'output'),
    ...line('start', service.start, 'start'),
    ...line('before a release', service.release, 'release'),
    ...list('ports', service.ports, 'ports'),
    ...line('health path', service.healthPath, 'healthPath'),
    ...list(
      'calls',
      service.calls?.map((one) =>
        one.variable ? `${one.service} (${one.variable})` : one.service,
      ),
      'calls',
    ),
    ...list('backing services', service.backingServices, 'backingServices'),
    ...list('system packages', service.systemPackages, 'systemPackages'),
    ...list('read at run time', service.runtimeFiles, 'runtimeFiles'),
    ...list('data folders', service.dataFolders, 'dataFolders'),
    ...(service.assets ?? []).map(
      ({ path, install, build, outputs }) =>
        `- front end: ${oneLine(path)}; install ${oneLine(install)}; build ${oneLine(build ?? 'by the service')}; leaves ${oneLine(outputs.join(', '))}`,
    ),
    ...(level === 'evidence' ? variables(service.env) : []),
    ...service.unknowns.map(({ fact, reason }) => `- not known: ${fact}: ${oneLine(reason)}`),
    '',
  ].join('\n');
}

function variables(env: readonly EnvVar[]): readonly string[] {
  const lines = env.slice(0, maxVariables).map(({ name, required, address, file, line }) => {
    const otherwise = address === undefined ? '' : `, otherwise ${oneLine(address, 200)}`;
    const how = `${required ? 'required' : 'optional'}${otherwise}`;
    return `- variable ${oneLine(name, 200)} is ${how} (${oneLine(file)}:${line})`;
  });
  return env.length > maxVariables
    ? [...lines, `- … and ${env.length - maxVariables} more variables`]
    : lines;
}
