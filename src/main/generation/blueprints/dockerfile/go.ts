import type { Service } from '#shared/scan.ts';
import { assetCopies, assetStages } from './assets.ts';
import { binaryArguments, programName, startedBinary, startWords } from './binary.ts';
import { shellQuote } from './command-line.ts';
import { addUser, aptInstall, systemPackages } from './debian.ts';
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
import { join, type Layout } from './layout.ts';
import { manifestStage } from './manifests.ts';
import { assetInstalls, nodeAtHand } from './node-at-hand.ts';
import { copyRuntimeFiles } from './runtime-files.ts';
import { appUid, readsEnv, type Stack, servedPort } from './stack.ts';
import { imageVersion } from './version.ts';

const distrolessUid = 65532;
const caches: readonly CacheMount[] = [
  { target: '/go/pkg/mod' },
  { target: '/root/.cache/go-build' },
];

/** C libraries at run time mean cgo, and a final image with a libc. */
function needsLibc(service: Service): boolean {
  return service.systemPackages.length > 0;
}

/** The package to build: the one that the build or the start command names, or the folder itself. */
function mainPackage(service: Service): string {
  const words = startWords(service);
  const named =
    words[0] === 'go' && words[1] === 'run'
      ? words.slice(2).find((word) => !word.startsWith('-'))
      : null;
  const built = /\s(\.\/[\w./-]+)\s*$/.exec(service.build ?? '')?.[1];
  return named ?? built ?? '.';
}

/** The scan's own download where it goes to a module below the context. */
function downloadCommand(service: Service): string {
  const own = /^go -C [\w./-]+ mod download$/.exec(service.install?.trim() ?? '');
  return own?.[0] ?? 'go mod download';
}

/** The scan's build command where it says what it leaves, otherwise our own. */
function buildStep(service: Service): string {
  const out = service.output;
  if (service.build && out) {
    return run([service.build, `mkdir -p /out && cp ${shellQuote(out)} /out/app`], caches);
  }
  return run(`go build -o /out/app ${shellQuote(mainPackage(service))}`, caches);
}

function dependencies(layout: Layout, image: string): { stage: readonly string[]; copy: string } {
  if (!layout.workspace) {
    return { stage: [], copy: copy({ sources: ['go.mod', 'go.sum*'], to: './', pattern: true }) };
  }
  return {
    stage: manifestStage(image, ['go.mod', 'go.sum', 'go.work', 'go.work.sum']),
    copy: copy({ from: 'manifests', sources: ['/app'], to: './' }),
  };
}

/** Go: one static binary in a distroless image, or in Debian where it needs C libraries. */
export const goStack: Stack = {
  image(service) {
    const port = servedPort(service);
    const uid = needsLibc(service) ? appUid : distrolessUid;
    const health = port !== null && needsLibc(service) ? bashCheck(service, port) : null;
    return { uid, gid: uid, port, writable: [], health };
  },
  dockerfile(service, layout) {
    const { tag, note } = imageVersion(service, 'Go', '1.26');
    const { uid, port, health } = this.image(service);
    const image = `golang:${tag}-bookworm`;
    const manifests = dependencies(layout, image);
    // Beside a build command, the scan names a download wherever there is no vendor folder.
    const vendored = service.install === null && service.build !== null;
    const name = programName(service.output) ?? startedBinary(service) ?? 'app';
    return [
      ...assetStages(service),
      ...(vendored ? [] : manifests.stage),
      comment(note),
      from(image, 'build'),
      ...nodeAtHand(service),
      env({ CGO_ENABLED: needsLibc(service) ? 1 : 0, GOFLAGS: '-trimpath -ldflags=-s' }),
      workdir('/app'),
      ...(vendored
        ? [comment('The modules are in the vendor folder: nothing is downloaded.')]
        : [
            comment('Dependencies first: this layer changes with the manifests only.'),
            manifests.copy,
            run(downloadCommand(service), caches),
          ]),
      copy({ sources: ['.'], to: './' }),
      ...assetCopies(service),
      ...assetInstalls(service),
      ...(layout.workspace ? [workdir(join('/app', layout.folder))] : []),
      buildStep(service),
      ...(needsLibc(service)
        ? [
            from('debian:bookworm-slim'),
            ...aptInstall(['ca-certificates', ...systemPackages(service)]),
            addUser(),
          ]
        : [from('gcr.io/distroless/static-debian12:nonroot')]),
      ...(port !== null && readsEnv(service, 'PORT') ? [env({ PORT: port })] : []),
      workdir('/app'),
      ...copyRuntimeFiles(service),
      copy({ from: 'build', sources: ['/out/app'], to: `/app/${name}` }),
      user(uid),
      ...(port === null ? [] : [expose([port])]),
      ...(health
        ? [healthcheck(health)]
        : [
            comment(
              'No HEALTHCHECK: this image has no shell and no HTTP client. Let the orchestrator probe it.',
            ),
          ]),
      cmd([`/app/${name}`, ...binaryArguments(service)]),
    ];
  },
  ignore: () => ['**/*.test', '**/*.out'],
};
