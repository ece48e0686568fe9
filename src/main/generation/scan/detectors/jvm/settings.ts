import type { Draft, Place } from '../../draft.ts';
import { readYaml } from '../../formats/parse.ts';
import { at, type Table, table, text } from '../../formats/values.ts';
import { inFolder, type ProjectTree } from '../../project-tree.ts';
import { readAddress } from './spring-addresses.ts';

/** A setting of `application.properties` or `application.yml`: dotted key, value, place. */
type Setting = { readonly key: string; readonly value: string; readonly at: Place };

/** Keys that say on which port a program listens, by framework. */
const portKeys = new Set([
  'server.port',
  'quarkus.http.port',
  'micronaut.server.port',
  'ktor.deployment.port',
  'grpc.server.port',
]);
/** Keys whose value is a prefix of every path, the health path too. */
const prefixKeys = new Set(['server.servlet.context-path', 'management.endpoints.web.base-path']);
/** Keys whose value is the name that a program registers under, where others look for it. */
const nameKeys = new Set([
  'spring.application.name',
  'quarkus.application.name',
  'micronaut.application.name',
]);
/** A value that is the name of another service, in an address or as a key says. */
const named = /^(?:lb|http):\/\/([a-zA-Z][\w-]{0,62})(?=[:/]|$)/;
const namedBy = /\.service-?id$/i;
/** What Spring reads in a profile of that name only: the config server's files beside it. */
const oneProfileOnly = /^spring\.cloud\.config\.server\.native\./;
const maxSettings = 5_000;

/**
 * Reads the program's settings files: its port (`${PORT:8080}` counts as 8080) and the environment
 * variables that the placeholders name. Files of one profile (`application-dev.yml`) are left to it.
 */
export async function readSettings(draft: Draft, tree: ProjectTree): Promise<void> {
  const folders = [
    'src/main/resources',
    'src/main/resources/config',
    'config',
    'conf',
    'resources',
  ];
  for (const folder of folders.map((name) => inFolder(draft.path, name))) {
    for (const setting of await readFolder(tree, folder)) apply(draft, setting);
  }
}

async function readFolder(tree: ProjectTree, folder: string): Promise<readonly Setting[]> {
  const found: Setting[] = [];
  for (const name of ['application', 'bootstrap']) {
    const properties = inFolder(folder, `${name}.properties`);
    if (tree.has(properties))
      found.push(...fromProperties(properties, await tree.read(properties)));
    for (const ending of ['yml', 'yaml']) {
      const file = inFolder(folder, `${name}.${ending}`);
      if (tree.has(file)) found.push(...(await fromYaml(tree, file)));
    }
  }
  const hocon = inFolder(folder, 'application.conf');
  if (tree.has(hocon)) found.push(...fromHocon(hocon, await tree.read(hocon)));
  return found;
}

function fromProperties(file: string, content: string | null): readonly Setting[] {
  const found: Setting[] = [];
  for (const [index, line] of (content ?? '').split('\n').entries()) {
    const [, key, value = ''] = /^\s*([\w.%"-]+)\s*[=:]\s*(.*)$/.exec(line.slice(0, 2_000)) ?? [];
    if (key) found.push({ key, value: value.trim(), at: { file, line: index + 1 } });
  }
  return found.slice(0, maxSettings);
}

async function fromYaml(tree: ProjectTree, file: string): Promise<readonly Setting[]> {
  const source = (await tree.read(file)) ?? '';
  const found: Setting[] = [];
  const visit = (value: unknown, key: string): void => {
    if (found.length >= maxSettings) return;
    const leaf = text(value);
    if (leaf !== null) {
      const last = key.slice(key.lastIndexOf('.') + 1);
      const wanted = portKeys.has(key) || leaf.includes('${') || calledBy(key, leaf) !== null;
      const line = wanted ? lineOf(source, last, leaf) : 1;
      found.push({ key, value: leaf, at: { file, line } });
    } else if (Array.isArray(value)) for (const item of value) visit(item, key);
    else
      for (const [name, item] of Object.entries(table(value)))
        visit(item, key ? `${key}.${name}` : name);
  };
  for (const document of await readYaml(tree, file)) if (!isProfile(document)) visit(document, '');
  return found;
}

/** A document of a YAML file that holds for one profile only. */
function isProfile(document: Table): boolean {
  return (
    at(document, 'spring', 'config', 'activate', 'on-profile') !== undefined ||
    (at(document, 'spring', 'profiles') !== undefined &&
      text(at(document, 'spring', 'profiles')) !== null)
  );
}

function lineOf(source: string, key: string, value: string): number {
  const lines = source.split('\n');
  const exact = lines.findIndex((line) => line.includes(`${key}:`) && line.includes(value));
  const index = exact === -1 ? lines.findIndex((line) => line.includes(value)) : exact;
  return Math.max(index, 0) + 1;
}

/** Of HOCON only what Ktor and Play write: `port = 8080` and `${?PORT}`. */
function fromHocon(file: string, content: string | null): readonly Setting[] {
  const found: Setting[] = [];
  for (const [index, line] of (content ?? '').split('\n').entries()) {
    const place = { file, line: index + 1 };
    const port = /^\s*(?:(?:ktor\.)?deployment\.)?(?:http\.)?port\s*[=:]\s*"?(\d{2,5})/.exec(
      line,
    )?.[1];
    if (port) found.push({ key: 'ktor.deployment.port', value: port, at: place });
    const variable = /\$\{(\??[A-Z_][A-Z0-9_]*)\}/.exec(line)?.[1];
    if (variable) {
      const optional = variable.startsWith('?');
      found.push({
        key: '',
        value: `\${${variable.replace('?', '')}${optional ? ':' : ''}}`,
        at: place,
      });
    }
  }
  return found;
}

function calledBy(key: string, value: string): string | null {
  const name = namedBy.test(key) ? value : (named.exec(value)?.[1] ?? 'localhost');
  return name === 'localhost' ? null : name;
}

function apply(draft: Draft, { key, value, at: place }: Setting): void {
  if (nameKeys.has(key) && /^[\w.-]{1,100}$/.test(value)) draft.aliases.add(value);
  const called = calledBy(key, value);
  if (called !== null) draft.called.push({ name: called, at: place });
  if (portKeys.has(key)) {
    const port = /^(?:\$\{[\w.-]+:)?(\d{1,5})\}?$/.exec(value)?.[1];
    if (port && port !== '0') draft.port(Number(port), 'config', place);
    else draft.unknown('ports', `${place.file} sets ${key} to ${value.slice(0, 80)}.`);
  }
  if (key === 'management.server.port' && draft.get('healthPath')?.startsWith('/actuator')) {
    draft.clear('healthPath');
    draft.unknown('healthPath', `${place.file} puts the actuator on a port of its own.`);
  }
  if (prefixKeys.has(key) && draft.get('healthPath')?.startsWith('/actuator')) {
    const health = draft.get('healthPath') ?? '';
    const path = key === 'server.servlet.context-path' ? `${value}${health}` : `${value}/health`;
    draft.set('healthPath', path.replace(/\/{2,}/g, '/'), place);
  }
  for (const [, name = '', fallback, address] of value.matchAll(
    /\$\{([A-Z_][A-Z0-9_]*)(:)?(http:\/\/(?:localhost|127\.0\.0\.1):\d{2,5}[^},\s]{0,200})?/g,
  )) {
    draft.reads({
      name,
      required: fallback === undefined && !oneProfileOnly.test(key),
      ...(address ? { address } : {}),
      ...place,
    });
  }
  readAddress(draft, key, value, place);
  const url = /^(?:optional:)?(?:jdbc|r2dbc):(?:tc:)?(postgresql|mysql|mariadb|sqlserver)/.exec(
    value,
  )?.[1];
  if (url) draft.dependsOn(`jdbc:${url}`, place);
  if (/^optional:configserver:|^configserver:/.test(value)) {
    draft.unknown(
      'configuration',
      `${place.file} takes settings from a config server, which may set another port.`,
    );
  }
}
