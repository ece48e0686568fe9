import type { Detector } from '../../detector.ts';
import { Draft, type Place } from '../../draft.ts';
import { readJson } from '../../formats/parse.ts';
import { at, text } from '../../formats/values.ts';
import {
  commonFolder,
  inFolder,
  type ProjectTree,
  parentOf,
  relativeTo,
} from '../../project-tree.ts';
import { roleOf } from '../../roles.ts';
import { shellWord } from '../../shell.ts';
import { findLine } from '../../source-signals.ts';
import { type DotnetProject, readProject } from './project.ts';
import { configuredPorts } from './settings.ts';

/** .NET projects in C# and F#: web, worker and console programs are services, the others libraries. */
export const dotnetDetector: Detector = {
  id: 'dotnet',
  detect: async (tree) => {
    const files = [...tree.withExtension('.csproj'), ...tree.withExtension('.fsproj')];
    const read = await Promise.all(files.map((file) => readProject(tree, file)));
    const projects = new Map(read.flatMap((one) => (one ? [[one.file, one] as const] : [])));
    const drafts: Draft[] = [];
    for (const project of projects.values()) {
      if (!isTest(project)) drafts.push(await draftOf(tree, project, projects));
    }
    const hosted = new Set(
      drafts
        .filter(({ kind }) => kind === 'web')
        .flatMap(({ evidence: [first] }) => projects.get(first?.file ?? '')?.references ?? []),
    );
    // Pages that a web project of the solution refers to are published and served with it.
    for (const draft of drafts) {
      if (draft.kind === 'static' && hosted.has(draft.evidence[0]?.file ?? ''))
        draft.kind = 'library';
    }
    return drafts;
  },
};

function isTest(project: DotnetProject): boolean {
  return (
    /^MSTest\.Sdk/i.test(project.sdk) ||
    project.property('IsTestProject')?.value.toLowerCase() === 'true' ||
    project.packages.some(({ name }) =>
      /^(?:microsoft\.net\.test\.sdk|xunit(?:\.v3)?|nunit|mstest(?:\.testframework)?)$/i.test(name),
    )
  );
}

async function draftOf(
  tree: ProjectTree,
  project: DotnetProject,
  projects: ReadonlyMap<string, DotnetProject>,
): Promise<Draft> {
  const { file, folder, name } = project;
  const place = { file, line: findLine(project.source, '<Project') };
  const draft = new Draft(name, folder, project.language, place);
  const used = closure(project, projects);
  const props = [
    'Directory.Build.props',
    'Directory.Packages.props',
    'global.json',
    'nuget.config',
    'NuGet.config',
  ]
    .map((shared) => tree.nearest(folder, [shared]))
    .filter((found) => found !== null);
  draft.context = commonFolder([...used.map((one) => one.folder), ...props.map(parentOf)]);
  for (const one of used) for (const item of one.packages) draft.dependsOn(item.name, item.at);
  draft.packages = sourceFolders(tree, used);
  draft.set('packageManager', 'nuget', place);
  const inContext = relativeTo(draft.context, file);
  const lock = tree.firstIn(folder, ['packages.lock.json']);
  if (lock) draft.set('lockfile', lock, { file: lock, line: 1 });
  draft.set(
    'install',
    `dotnet restore ${shellWord(inContext)}${lock ? ' --locked-mode' : ''}`,
    place,
  );
  await setVersion(draft, tree, project);
  await setKind(draft, tree, project);
  return draft;
}

async function setKind(draft: Draft, tree: ProjectTree, project: DotnetProject): Promise<void> {
  const place = { file: project.file, line: findLine(project.source, 'Sdk') };
  const output = project.property('OutputType');
  const has = (pattern: RegExp) => project.packages.find(({ name }) => pattern.test(name));
  const assembly = project.property('AssemblyName')?.value ?? project.name;
  const publish = `dotnet publish ${shellWord(relativeTo(draft.path, project.file))} -c Release -o out`;
  const program = (): Draft =>
    draft
      .set('build', publish, place)
      .set('output', 'out', place)
      .set('start', `dotnet out/${shellWord(`${assembly}.dll`)}`, place);
  const maui = project.property('UseMaui');
  if (maui?.value.toLowerCase() === 'true') {
    draft
      .is('cli', maui.at)
      .set('framework', 'maui', maui.at)
      .unknown(
        'kind',
        'A MAUI app: it is installed on phones and desktops, and runs in no container.',
      );
  } else if (/^Aspire\.AppHost\.Sdk/i.test(project.sdk) || has(/^Aspire\.Hosting\.AppHost$/i)) {
    program().is('cli', place);
  } else if (/BlazorWebAssembly/i.test(project.sdk)) {
    draft.set('build', publish, place).set('output', 'out/wwwroot', place).is('static', place);
    draft.set('framework', 'blazor', place);
  } else if (
    /^Microsoft\.NET\.Sdk\.Web$/i.test(project.sdk) &&
    output?.value.toLowerCase() !== 'library'
  ) {
    const grpc = has(/^Grpc\.AspNetCore/i);
    program()
      .is('web', place)
      .set('framework', grpc ? 'grpc' : 'aspnetcore', grpc?.at ?? place);
    await setPorts(draft, tree, assembly);
  } else if (/^Microsoft\.NET\.Sdk\.Worker$/i.test(project.sdk)) {
    program().is('worker', place).set('framework', 'worker-service', place);
  } else if (/^(?:win)?exe$/i.test(output?.value ?? '')) {
    const hosted = has(/^Microsoft\.Extensions\.Hosting(?:\.Systemd)?$/i);
    const web = has(/^Microsoft\.AspNetCore\.App$|^Giraffe|^Saturn|^Suave|^Falco$/i);
    const consumer = has(/^(?:Confluent\.Kafka|RabbitMQ\.Client|MassTransit)/i);
    program();
    if (web) {
      draft.is('web', web.at).set('framework', web.name.toLowerCase(), web.at);
      await setPorts(draft, tree, assembly);
    } else if (hosted || consumer) draft.is('worker', (hosted ?? consumer)?.at ?? place);
    else if (roleOf(draft.path, project.name, '.') === 'worker')
      draft.is('worker', output?.at ?? place);
    else draft.is('cli', output?.at ?? place);
  }
}

/**
 * The image of ASP.NET listens on 8080 and a plain checkout on 5000; `--urls` says one port for both.
 * launchSettings.json is not read: it holds for `dotnet run` on the developer's machine only.
 */
async function setPorts(draft: Draft, tree: ProjectTree, assembly: string): Promise<void> {
  for (const { port, at: where } of await configuredPorts(tree, draft.path)) {
    draft.port(port, 'config', where);
  }
  const coded = tree.signals(draft.path, 'port').length > 0;
  if (draft.ports.length > 0 || coded) return;
  const place = (await exposed(tree, draft.path)) ??
    draft.evidence.find(({ fact }) => fact === 'kind') ?? { file: '.', line: 1 };
  const port = 'port' in place ? place.port : 8080;
  draft.set(
    'start',
    `dotnet out/${shellWord(`${assembly}.dll`)} --urls http://0.0.0.0:${port}`,
    place,
  );
  draft.port(port, 'command', place);
}

/** The port that the project's own Dockerfile exposes, where an ordinary user may open it. */
async function exposed(
  tree: ProjectTree,
  folder: string,
): Promise<(Place & { port: number }) | null> {
  const file = inFolder(folder, 'Dockerfile');
  const source = tree.has(file) ? await tree.read(file) : null;
  const pattern = /^\s*EXPOSE\s+(\d{4,5})\b/m;
  const port = pattern.exec(source ?? '')?.[1];
  return port ? { file, line: findLine(source ?? '', pattern), port: Number(port) } : null;
}

async function setVersion(draft: Draft, tree: ProjectTree, project: DotnetProject): Promise<void> {
  const target = project.property('TargetFramework') ?? project.property('TargetFrameworks');
  const versions = [...(target?.value ?? '').matchAll(/\bnet(?:coreapp)?(\d+\.\d+)/g)].map(
    ([, one]) => one ?? '',
  );
  const newest = versions.sort((a, b) => Number.parseFloat(a) - Number.parseFloat(b)).at(-1);
  if (target && newest) {
    draft.set('runtimeVersion', newest, target.at);
    return;
  }
  const file = tree.nearest(project.folder, ['global.json']);
  if (file === null) return;
  const version = text(at(await readJson(tree, file), 'sdk', 'version'));
  const short = /^\d+\.\d+/.exec(version ?? '')?.[0];
  const line = findLine((await tree.read(file)) ?? '', '"version"');
  if (short) draft.set('runtimeVersion', short, { file, line });
}

function closure(
  project: DotnetProject,
  projects: ReadonlyMap<string, DotnetProject>,
): readonly DotnetProject[] {
  const found = new Set([project]);
  for (const one of found) {
    for (const path of one.references) {
      const other = projects.get(path);
      if (other) found.add(other);
    }
  }
  return [...found];
}

function sourceFolders(tree: ProjectTree, projects: readonly DotnetProject[]): readonly string[] {
  const folders = projects.flatMap(({ folder }) =>
    tree
      .under(folder)
      .filter((file) => /\.(?:cs|fs)$/.test(file))
      .map(parentOf),
  );
  return [...new Set(folders)];
}
