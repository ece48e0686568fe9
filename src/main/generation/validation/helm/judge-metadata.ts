import { ruleUrl } from '#shared/rules.ts';
import { list, mapping } from '../plain.ts';
import { quote, type Report } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { YamlDocument } from '../yaml/parse-yaml.ts';
import { isStrictVersion, isVersion } from './functions/semver.ts';
import { helmDocs } from './rules.ts';

const known: ReadonlySet<string> = new Set([
  'apiVersion',
  'name',
  'version',
  'kubeVersion',
  'description',
  'type',
  'keywords',
  'home',
  'sources',
  'dependencies',
  'maintainers',
  'icon',
  'appVersion',
  'deprecated',
  'annotations',
  'condition',
  'tags',
]);

/** Judges Chart.yaml as `helm lint` does; `vendored` are the charts that lie in `charts/`. */
export function judgeMetadata(
  document: YamlDocument | undefined,
  vendored: ReadonlySet<string>,
  report: Report,
): void {
  const held = mapping(document?.value);
  const say = (
    rule: string,
    severity: 'error' | 'warning',
    path: YamlPath,
    message: string,
  ): void => report.add(rule, severity, document?.lineOf(path) ?? 1, message, helmDocs.chart);
  for (const key of ['apiVersion', 'name', 'version']) {
    if (held[key] === undefined || held[key] === null || held[key] === '')
      say('helm/missing-field', 'error', [], `Chart.yaml needs ${quote(key)}. Add it.`);
  }
  const { apiVersion, name, version, appVersion, type } = held;
  if (apiVersion === 'v1') {
    say(
      'helm/old-api',
      'warning',
      ['apiVersion'],
      'v1 is of Helm 2. Write v2, and list dependencies here.',
    );
  } else if (apiVersion && apiVersion !== 'v2') {
    say(
      'helm/chart',
      'error',
      ['apiVersion'],
      'The apiVersion of a chart is v2. Write "apiVersion: v2".',
    );
  }
  if (typeof name === 'string' && name !== '' && !/^[a-zA-Z0-9._-]{1,250}$/.test(name))
    say(
      'helm/chart',
      'error',
      ['name'],
      `${quote(name)} is no name of a chart: letters, digits, ".", "_" and "-" only.`,
    );
  if (version !== undefined && version !== null && version !== '') {
    if (typeof version !== 'string')
      say(
        'helm/chart',
        'error',
        ['version'],
        'The version must be a text of three numbers, as in 1.0.0. Complete or quote it.',
      );
    else if (!isVersion(version))
      say(
        'helm/chart',
        'error',
        ['version'],
        `${quote(version)} is no semantic version. Write three numbers, as in 1.0.0.`,
      );
    else if (!isStrictVersion(version))
      say(
        'helm/chart',
        'warning',
        ['version'],
        `${quote(version)} is read leniently; registries want three numbers without "v", as in 1.0.0.`,
      );
  }
  if (appVersion !== undefined && appVersion !== null && typeof appVersion !== 'string')
    say('helm/chart', 'error', ['appVersion'], 'The appVersion must be a text. Put it in quotes.');
  if (
    type !== undefined &&
    type !== null &&
    type !== '' &&
    type !== 'application' &&
    type !== 'library'
  )
    say('helm/chart', 'error', ['type'], 'The type of a chart is application or library.');
  for (const key of Object.keys(held)) {
    if (!known.has(key))
      say(
        'helm/unknown-field',
        'warning',
        [key],
        `Chart.yaml has no field ${quote(key)}; Helm ignores it.${didYouMean(key, known)}`,
      );
  }
  for (const key of ['dependencies', 'maintainers', 'keywords', 'sources']) {
    if (held[key] === undefined || held[key] === null || Array.isArray(held[key])) continue;
    say('helm/chart', 'error', [key], `${key} must be a list. Begin each entry with a dash.`);
  }
  if (document) judgeDependencies(document, vendored, report);
}

function judgeDependencies(
  document: YamlDocument,
  vendored: ReadonlySet<string>,
  report: Report,
): void {
  const { dependencies, apiVersion } = mapping(document.value);
  const taken = new Set<string>();
  list(dependencies).forEach((value, index) => {
    const { name, version, alias, repository } = mapping(value);
    const at = document.lineOf(['dependencies', index]);
    const say = (severity: 'error' | 'warning', message: string): void =>
      report.add('helm/dependency', severity, at, message, helmDocs.dependencies);
    if (typeof name !== 'string' || name === '') {
      say('error', 'A dependency needs the name of its chart. Add it.');
      return;
    }
    const known = typeof alias === 'string' ? alias : name;
    if (taken.has(known)) say('error', `${quote(known)} is there twice. Give one an alias.`);
    taken.add(known);
    if (apiVersion === 'v1')
      say(
        'error',
        'With apiVersion v1 dependencies belong in requirements.yaml. Write apiVersion v2.',
      );
    if (version === undefined || version === null || version === '')
      say('warning', `${quote(name)} has no version: whatever is newest is taken. Pin it.`);
    else if (typeof version !== 'string')
      say('error', `The version of ${quote(name)} must be a text. Put it in quotes.`);
    if (vendored.has(name) || vendored.has(known)) return;
    const from =
      typeof repository === 'string' && repository !== '' ? ` of ${repository.slice(0, 100)}` : '';
    const message = `The chart ${quote(name)}${from} is not in charts/, so what it adds was not rendered. "helm dependency build" brings it.`;
    report.add('helm/not-rendered', 'info', at, message, ruleUrl('helm/not-rendered'));
  });
}
