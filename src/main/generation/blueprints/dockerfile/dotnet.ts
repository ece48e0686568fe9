import type { Service } from '#shared/scan.ts';
import { assetCopies, assetStages } from './assets.ts';
import { programName, startWords } from './binary.ts';
import { shellQuote } from './command-line.ts';
import { aptInstall, systemPackages } from './debian.ts';
import { bashCheck } from './health.ts';
import {
  type CacheMount,
  cmd,
  comment,
  copy,
  env,
  expose,
  from,
  healthcheck,
  run,
  user,
  workdir,
} from './instructions.ts';
import { join } from './layout.ts';
import { manifestStage } from './manifests.ts';
import { type Stack, servedPort } from './stack.ts';
import { type ImageVersion, imageVersion, padded } from './version.ts';

/** The user `app` of Microsoft's images. */
const uid = 1654;
const nuget: readonly CacheMount[] = [{ target: '/root/.nuget/packages' }];
const manifests = [
  '*.csproj',
  '*.fsproj',
  '*.sln',
  '*.slnx',
  '*.props',
  '*.targets',
  'global.json',
  'packages.lock.json',
  '[Nn]u[Gg]et.[Cc]onfig',
];

function dotnetVersion(service: Service): ImageVersion {
  const { tag, note } = imageVersion(service, '.NET', '10.0', 2);
  return { tag: padded(tag, 2), note };
}

/** The project file that the scan's commands name, or nothing where the folder has one only. */
function projectFile(service: Service): string {
  const named = /([\w./-]+\.(?:cs|fs)proj)\b/.exec(
    `${service.build ?? ''} ${service.start ?? ''}`,
  )?.[1];
  return named ? ` ${shellQuote(named)}` : '';
}

/** The assembly's name by the output or the start command, or null. */
function assembly(service: Service): string | null {
  const named = [service.output, ...startWords(service)].find((word) => word?.endsWith('.dll'));
  return programName(named);
}

/** C# and F#: published by the SDK, run by the ASP.NET or the bare runtime. */
export const dotnetStack: Stack = {
  image(service) {
    const port = service.kind === 'web' ? (servedPort(service) ?? 8080) : null;
    const health = port === null ? null : bashCheck(service, port);
    return { uid, gid: uid, port, writable: [], health };
  },
  dockerfile(service, layout) {
    const { tag, note } = dotnetVersion(service);
    const { port, health } = this.image(service);
    const sdk = `mcr.microsoft.com/dotnet/sdk:${tag}`;
    const isWeb = service.kind === 'web' || service.framework === 'aspnetcore';
    const runtime = isWeb ? 'aspnet' : 'runtime';
    const name = assembly(service);
    const project = projectFile(service);
    const args = startWords(service);
    const launcher = `name=$(basename /out/*.runtimeconfig.json .runtimeconfig.json) && printf '#!/bin/sh\\nexec dotnet "/app/%s.dll" "$@"\\n' "$name" > /out/start && chmod 0755 /out/start`;
    return [
      ...assetStages(service),
      ...manifestStage(sdk, manifests),
      comment(note),
      from(sdk, 'build'),
      env({ DOTNET_CLI_TELEMETRY_OPTOUT: 1, DOTNET_NOLOGO: 1 }),
      workdir('/app'),
      comment('Dependencies first: this layer changes with the project files only.'),
      copy({ from: 'manifests', sources: ['/app'], to: './' }),
      ...(layout.workspace ? [workdir(join('/app', layout.folder))] : []),
      run(`dotnet restore${project}${layout.lockfile === null ? '' : ' --locked-mode'}`, nuget),
      ...(layout.workspace ? [workdir('/app')] : []),
      copy({ sources: ['.'], to: './' }),
      ...assetCopies(service),
      ...(layout.workspace ? [workdir(join('/app', layout.folder))] : []),
      run(`dotnet publish${project} --configuration Release --no-restore --output /out`, nuget),
      ...(name === null ? [run(launcher)] : []),
      from(`mcr.microsoft.com/dotnet/${runtime}:${tag}`),
      env({
        DOTNET_EnableDiagnostics: 0,
        ...(port === null ? {} : { ASPNETCORE_URLS: `http://+:${port}` }),
      }),
      ...aptInstall(systemPackages(service)),
      workdir('/app'),
      copy({ from: 'build', sources: ['/out/'], to: './' }),
      user(uid),
      ...(port === null ? [] : [expose([port])]),
      ...(health ? [healthcheck(health)] : []),
      cmd(name === null ? ['/app/start'] : ['dotnet', `/app/${name}`, ...afterDll(args)]),
    ];
  },
  ignore: () => ['**/bin', '**/obj', '**/.vs', '**/TestResults'],
};

function afterDll(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => word.endsWith('.dll'));
  return at < 0 ? [] : words.slice(at + 1);
}
