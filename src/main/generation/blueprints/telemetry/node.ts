import type { Service } from '#shared/scan.ts';
import { commonModule, esModule, nextHook, nextModule, nodePackages } from './node-files.ts';
import { withDependencies, withScript } from './package-json.ts';
import {
  byHand,
  inService,
  type Wired,
  type Wiring,
  type WiringContext,
  withLineEnds,
} from './wiring.ts';

const wired = /"(?:@opentelemetry\/(?:sdk-node|auto-instrumentations-node)|@vercel\/otel)"/;

/** Node.js: a module that is loaded first, by the start script or the entry point. */
export const nodeWiring: Wiring = {
  reads: (service) => [
    inService(service, 'package.json'),
    inService(service, 'Dockerfile'),
    ...[
      'instrumentation.ts',
      'instrumentation.js',
      'src/instrumentation.ts',
      'src/instrumentation.js',
    ].map((one) => inService(service, one)),
    ...entryOf(service),
  ],
  write: (context) => {
    const { service, text } = context;
    const path = inService(service, 'package.json');
    const manifest = text(path);
    if (manifest === null)
      throw byHand(
        service,
        'its package.json cannot be read',
        'make it readable and generate again.',
      );
    if (wired.test(manifest)) return [{ path, content: manifest }];
    const version = service.runtimeVersion ?? imageVersion(text(inService(service, 'Dockerfile')));
    if (version !== null && Number.parseInt(version, 10) < 18) {
      throw byHand(
        service,
        `it runs on Node ${version}, which no version of the SDK that is kept up knows`,
        'raise Node to 20 or later and generate again.',
      );
    }
    const content = withDependencies(manifest, nodePackages(version));
    if (content === null) {
      throw byHand(
        service,
        'the dependencies in its package.json do not stand one a line',
        'format the file (npm pkg fix) and generate again.',
      );
    }
    if (service.framework === 'next') return next(context, { path, content });
    return scripted(context, { path, content }) ?? required(context, { path, content });
  },
};

/** The version of Node in the last `FROM node:` of a Dockerfile. */
function imageVersion(dockerfile: string | null): string | null {
  const found = [
    ...(dockerfile ?? '').matchAll(/^\s*FROM\s+(?:--\S+\s+)?(?:[\w.-]+\/)*node:v?(\d+)/gim),
  ];
  return found.at(-1)?.[1] ?? null;
}

const install = ({ packageManager }: Service): string =>
  `${(packageManager ?? 'npm').replace(/-berry$/, '')} install`;

/** The file that `node file` starts, where it is source. */
function entryOf(service: Service): readonly string[] {
  const file = /^(?:\w+=\S* )*node (?:\.\/)?([\w./-]+)/.exec(service.start ?? '')?.[1];
  if (file === undefined) return [];
  return [inService(service, /\.[cm]?js$/.test(file) ? file : `${file}.js`)];
}

/** `node` and `tsx` take --import; what else starts a service may not. */
const program = /(^|[\s;&|])(node|tsx)(?=\s)/;

function scripted({ service }: WiringContext, manifest: Wired): readonly Wired[] | null {
  const direct = /^node (\S+)/.exec(service.start ?? '')?.[1];
  const named = /^(?:npm|pnpm|yarn|bun)(?: run)? ([\w:.-]+)/.exec(service.start ?? '')?.[1];
  const name = followed(manifest.content, named ?? 'start');
  const change = (script: string): string =>
    direct !== undefined && !script.includes(`node ${direct}`)
      ? script
      : script.replace(program, '$1$2 --import ./otel.mjs');
  const content = withScript(manifest.content, name, change);
  if (content === null) return null;
  const module = withLineEnds(esModule(install(service)), manifest.content);
  return [
    { ...manifest, content },
    { path: inService(service, 'otel.mjs'), content: module },
  ];
}

/** The script that a script runs and nothing else. */
function followed(manifest: string, name: string, depth = 0): string {
  const field = new RegExp(`"${name}"\\s*:\\s*"(?:npm|pnpm|yarn|bun)(?: run)? ([\\w:.-]+)"`).exec(
    manifest,
  );
  const next = field?.[1];
  return next === undefined || next === name || depth > 3
    ? name
    : followed(manifest, next, depth + 1);
}

function required({ service, text }: WiringContext, manifest: Wired): readonly Wired[] {
  const [path = ''] = entryOf(service);
  const source = path === '' ? null : text(path);
  const module = /"type"\s*:\s*"module"/.test(manifest.content) || path.endsWith('.mjs');
  if (source === null || (module && !path.endsWith('.cjs'))) {
    throw byHand(
      service,
      `its start (${service.start ?? 'unknown'}) is no script of its package.json that runs node`,
      'write a module that starts NodeSDK of @opentelemetry/sdk-node, and start the service with NODE_OPTIONS="--import ./otel.mjs".',
    );
  }
  if (/otel|opentelemetry/.test(source)) return [{ path, content: source }];
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const head =
    /^(?:#![^\n]*\n)?(?:\s*(?:\/\/[^\n]*\n|\/\*[\s\S]*?\*\/\s*?\n))*(?:\s*['"]use strict['"];?[ \t]*\r?\n)?/.exec(
      source,
    )?.[0] ?? '';
  const line = withLineEnds(`require(${quoted(source, './otel.cjs')});\n`, source);
  return [
    { path, content: head + line + source.slice(head.length) },
    { path: `${folder}otel.cjs`, content: withLineEnds(commonModule(install(service)), source) },
    manifest,
  ];
}

/** A text in the quotes that a source uses most. */
function quoted(source: string, text: string): string {
  const mark = (source.match(/"/g)?.length ?? 0) > (source.match(/'/g)?.length ?? 0) ? '"' : "'";
  return mark + text + mark;
}

function next({ service, text }: WiringContext, manifest: Wired): readonly Wired[] {
  const places = ['', 'src/'].flatMap((folder) =>
    ['ts', 'js'].map((end) => `${folder}instrumentation.${end}`),
  );
  const known = places.map((one) => inService(service, one)).find((one) => text(one) !== null);
  if (known !== undefined) {
    throw byHand(
      service,
      `${known} does something else`,
      'start NodeSDK of @opentelemetry/sdk-node in its register().',
    );
  }
  const source = inService(service, 'src');
  const below = [...service.evidence, ...service.env].some(({ file }) =>
    file.startsWith(`${source}/`),
  );
  const end = service.language === 'typescript' ? 'ts' : 'js';
  const place = (name: string): string =>
    inService(service, `${below ? 'src/' : ''}${name}.${end}`);
  return [
    { path: place('instrumentation'), content: nextHook },
    { path: place('instrumentation.node'), content: nextModule(install(service)) },
    manifest,
  ];
}
