import type { Draft } from '../../draft.ts';
import { exposedPort } from '../../exposed-port.ts';
import { type ProjectTree, relativeTo } from '../../project-tree.ts';
import { roleOf } from '../../roles.ts';
import { shellWord } from '../../shell.ts';
import { findLine } from '../../source-signals.ts';
import type { DotnetProject } from './project.ts';
import { configuredPorts } from './settings.ts';

/** Says what a project is by its SDK, its output and its packages, and how that is published and started. */
export async function setKind(
  draft: Draft,
  tree: ProjectTree,
  project: DotnetProject,
): Promise<void> {
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
    draft
      .is('cli', place)
      .set('framework', 'aspire', place)
      .unknown(
        'kind',
        'The AppHost of Aspire: it says how the other projects are run, and is not deployed itself.',
      );
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
    // With the web's framework among what it is built from, it starts only where that is installed.
    const web = draft.dependencies.find(({ name }) => name === 'Microsoft.AspNetCore.App');
    const framework = web ? 'aspnetcore' : 'worker-service';
    program()
      .is('worker', place)
      .set('framework', framework, web ?? place);
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
  const place = (await exposedPort(tree, draft.path)) ??
    draft.evidence.find(({ fact }) => fact === 'kind') ?? { file: '.', line: 1 };
  const port = 'port' in place ? place.port : 8080;
  draft.set(
    'start',
    `dotnet out/${shellWord(`${assembly}.dll`)} --urls http://0.0.0.0:${port}`,
    place,
  );
  draft.port(port, 'command', place);
}
