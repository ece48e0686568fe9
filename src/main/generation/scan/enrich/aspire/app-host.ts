import type { EnvVar } from '#shared/scan.ts';
import { csharpStatements } from '../../csharp/statements.ts';
import type { Draft, Place } from '../../draft.ts';
import { inFolder, type ProjectTree, parentOf } from '../../project-tree.ts';
import { discoveryName } from '../dotnet/configuration.ts';
import { databaseName } from '../dotnet/databases.ts';
import { evaluate, type Given, type Resource, type ServiceResource } from './resources.ts';

/** The framework of a project that describes the others, and is not deployed itself. */
export const appHostFramework = 'aspire';

/** Sources of one AppHost that are read, and services that one may have. */
const maxFiles = 20;
const maxServices = 500;

/**
 * What the AppHosts of .NET Aspire say: the author's own model of which service is given which database,
 * which address, which variable, and which of them people reach. It counts before all that is guessed.
 */
export async function readAppHosts(drafts: readonly Draft[], tree: ProjectTree): Promise<void> {
  const folders = drafts
    .filter((draft) => draft.get('framework') === appHostFramework)
    .map(({ path }) => path);
  for (const folder of folders) {
    const files = tree
      .under(folder)
      .filter((path) => path.endsWith('.cs') && parentOf(path) === folder);
    const told = new Set<Draft>();
    const common: EnvVar[] = [];
    for (const file of files.slice(0, maxFiles)) {
      const source = (await tree.read(file)) ?? '';
      common.push(...forAll(file, source));
      if (!source.includes('DistributedApplication.CreateBuilder')) continue;
      for (const draft of apply(drafts, file, source)) told.add(draft);
    }
    for (const draft of told) {
      for (const one of common) if (isProject(draft)) draft.isTold(one);
    }
  }
}

const isProject = ({ language }: Draft): boolean => language === 'csharp' || language === 'fsharp';

/** Variables that a hook of the AppHost sets for every project. */
function forAll(file: string, source: string): readonly EnvVar[] {
  if (!source.includes('GetProjectResources')) return [];
  const set = source.matchAll(
    /\.EnvironmentVariables\["(?<name>[A-Za-z_]\w{0,100})"\]\s*=\s*"(?<value>[\w./:-]{0,200})"/g,
  );
  return [...set].slice(0, 50).map(({ groups, index }) => ({
    name: groups?.name ?? '',
    required: false,
    value: groups?.value ?? '',
    file,
    line: source.slice(0, index).split('\n').length,
  }));
}

/** Tells the drafts what one program says of them; gives those that it runs. */
function apply(drafts: readonly Draft[], file: string, source: string): Iterable<Draft> {
  const services = servicesOf(source);
  const byService = new Map<ServiceResource, Draft>();
  for (const service of services) {
    const draft = draftOf(service, drafts, parentOf(file));
    if (draft) byService.set(service, draft);
  }
  const isSaid = services.some(({ isExternal }) => isExternal);
  for (const [service, draft] of byService) {
    const at = { file, line: service.line };
    draft.evidence.push({ fact: 'deployedName', value: service.name, ...at });
    draft.aliases.add(service.name);
    if (isSaid && draft.kind === 'web') {
      const known = draft.evidence.findIndex(({ fact }) => fact === 'exposure');
      if (known !== -1) draft.evidence.splice(known, 1);
      const value = service.isExternal ? 'public' : 'internal';
      draft.evidence.push({ fact: 'exposure', value, ...at });
    }
    for (const { service: other, line } of service.after) {
      const target = byService.get(other);
      if (target) draft.evidence.push({ fact: 'startsAfter', value: target.path, file, line });
    }
    for (const given of service.given) tell(draft, given, byService, { file, line: given.line });
  }
  return byService.values();
}

/** The services of a program in the order in which it adds them. */
function servicesOf(source: string): readonly ServiceResource[] {
  const known = new Map<string, Resource>();
  const found = new Set<ServiceResource>();
  for (const { target, value } of csharpStatements(source)) {
    const made = evaluate(value, known);
    if (target !== null) known.set(target, made);
    if (made.kind === 'service' && found.size < maxServices) found.add(made.service);
  }
  return [...found];
}

function draftOf(
  { project, path }: ServiceResource,
  drafts: readonly Draft[],
  folder: string,
): Draft | undefined {
  const runs = drafts.filter(({ kind }) => kind !== 'library');
  const simple = (file: string): string =>
    (file.split('/').at(-1) ?? '').replace(/\.\w+proj$/, '').replace(/\W/g, '_');
  if (project !== null)
    return runs.find(({ evidence: [first] }) => simple(first?.file ?? '') === project);
  if (path === null) return undefined;
  const target = inFolder(folder, `./${path.replaceAll('\\', '/')}`);
  return runs.find((draft) => draft.path === target || draft.evidence[0]?.file === target);
}

function tell(
  draft: Draft,
  { variable, as, value }: Given,
  byService: ReadonlyMap<ServiceResource, Draft>,
  at: Place,
): void {
  if (variable !== null && !/^[A-Za-z_][A-Za-z0-9_]{0,200}$/.test(variable)) return;
  switch (value.kind) {
    case 'system':
    case 'database': {
      const { system } = value;
      const database = value.kind === 'database' ? databaseName(value.database) : null;
      draft.dependsOn(`image:${system}`, at);
      draft.isTold({
        name: variable ?? `ConnectionStrings__${as ?? value.name}`,
        required: true,
        connection: { system, ...(database ? { database } : {}) },
        ...at,
      });
      return;
    }
    case 'connection':
      draft.isTold({
        name: variable ?? `ConnectionStrings__${as ?? value.name}`,
        required: true,
        ...at,
      });
      return;
    case 'service':
    case 'endpoint': {
      const target = byService.get(value.service);
      if (!target) return;
      const name = variable ?? discoveryName(value.service.name);
      draft.isTold({ name, required: true, sibling: target.path, ...at });
      return;
    }
    case 'text':
      // Compose would read a `$` as a variable of its own.
      if (variable !== null && value.text.length <= 500 && !value.text.includes('$'))
        draft.isTold({ name: variable, required: false, value: value.text, ...at });
      return;
    default:
      // Of what the AppHost puts together as it runs only the name is known.
      if (variable !== null) draft.isTold({ name: variable, required: true, ...at });
  }
}
