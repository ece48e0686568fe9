import { list, mapping } from '../plain.ts';
import { quote, type Report } from '../report.ts';
import { didYouMean } from '../suggest.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { ComposeFile } from './model.ts';

const docs = 'https://docs.docker.com/reference/compose-file/';

/** Names that a service uses must be declared: services, volumes, networks, secrets, configs. */
export function judgeReferences(file: ComposeFile, report: Report): void {
  // What another file declares cannot be seen from here.
  const severity = file.partial ? 'info' : 'error';
  const names = new Set(file.services.map(([name]) => name));
  const top = (key: string): ReadonlySet<string> => new Set(Object.keys(mapping(file.root[key])));
  const declared = {
    volumes: top('volumes'),
    networks: top('networks'),
    secrets: top('secrets'),
    configs: top('configs'),
  };

  for (const [name, service] of file.services) {
    const at = ['services', name];
    const check = (
      rule: string,
      word: string,
      known: ReadonlySet<string>,
      path: YamlPath,
      url: string,
      where: string,
    ): void => {
      if (known.has(word) || word.includes('$') || word === '') return;
      const hint = didYouMean(word, known) || ` Declare it under ${where}.`;
      report.add(
        `compose/${rule}`,
        severity,
        file.lineOf(path),
        `${quote(word)} is not declared under ${where}.${hint}`,
        url,
      );
    };
    for (const [word, path] of namesIn(service.depends_on, [...at, 'depends_on'])) {
      if (word === name) {
        report.add(
          'compose/depends-on-itself',
          'error',
          file.lineOf(path),
          `${quote(name)} depends on itself. Remove it.`,
          `${docs}services/#depends_on`,
        );
      } else
        check('undefined-service', word, names, path, `${docs}services/#depends_on`, 'services');
    }
    for (const [word, path] of namesIn(service.networks, [...at, 'networks'])) {
      if (word !== 'default')
        check('undefined-network', word, declared.networks, path, `${docs}networks/`, 'networks');
    }
    for (const key of ['secrets', 'configs'] as const) {
      list(service[key]).forEach((item, index) => {
        const word = typeof item === 'string' ? item : mapping(item).source;
        const rule = key === 'secrets' ? 'undefined-secret' : 'undefined-config';
        if (typeof word === 'string')
          check(rule, word, declared[key], [...at, key, index], `${docs}${key}/`, key);
      });
    }
    list(service.volumes).forEach((item, index) => {
      const word = volumeName(item);
      if (word !== null)
        check(
          'undefined-volume',
          word,
          declared.volumes,
          [...at, 'volumes', index],
          `${docs}volumes/`,
          'volumes',
        );
    });
  }
  judgeCycles(file, report);
}

/** Names in a list or in the keys of a mapping, with their paths. */
function namesIn(value: unknown, path: YamlPath): readonly (readonly [string, YamlPath])[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      typeof item === 'string' ? [[item, [...path, index]] as const] : [],
    );
  }
  return Object.keys(mapping(value)).map((key) => [key, [...path, key]]);
}

/** The named volume that an entry mounts, or null for paths and anonymous volumes. */
function volumeName(item: unknown): string | null {
  if (typeof item === 'string') {
    const source = /^([^:]+):/.exec(item)?.[1];
    if (source === undefined || /^[./~\\$]|[/\\]/.test(source) || /^[A-Za-z]:[\\/]/.test(item))
      return null;
    return source;
  }
  const { type, source } = mapping(item);
  return type === 'volume' && typeof source === 'string' ? source : null;
}

/** Services that wait for each other never start. */
function judgeCycles(file: ComposeFile, report: Report): void {
  const needs = new Map(
    file.services.map(([name, { depends_on: value }]) => [
      name,
      namesIn(value, []).map(([word]) => word),
    ]),
  );
  const done = new Set<string>();
  const waiting = new Set<string>();
  for (const [start] of file.services) {
    const open: { readonly name: string; next: number }[] = done.has(start)
      ? []
      : [{ name: start, next: 0 }];
    waiting.add(start);
    while (open.length > 0) {
      const top = open.at(-1) as { readonly name: string; next: number };
      const needed = needs.get(top.name)?.[top.next++];
      if (needed === undefined) {
        done.add(top.name);
        waiting.delete(top.name);
        open.pop();
      } else if (!done.has(needed) && waiting.has(needed) && needed !== top.name) {
        const line = file.lineOf(['services', top.name, 'depends_on']);
        report.add(
          'compose/depends-on-cycle',
          'error',
          line,
          `${quote(top.name)} and ${quote(needed)} wait for each other. Remove one depends_on.`,
          `${docs}services/#depends_on`,
        );
      } else if (!done.has(needed) && needs.has(needed) && needed !== top.name) {
        waiting.add(needed);
        open.push({ name: needed, next: 0 });
      }
    }
  }
}
