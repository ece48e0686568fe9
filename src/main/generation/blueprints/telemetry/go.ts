import type { Service } from '#shared/scan.ts';
import { type GoKind, goFile, goModules } from './go-file.ts';
import { byHand, inService, lineEnd, type Wiring, withLineEnds } from './wiring.ts';

/** Go: a file that starts the SDK, a line in main, and the handler that is watched. */
export const goWiring: Wiring = {
  reads: (service) => [...mains(service), ...modules(service), inService(service, 'otel.go')],
  write: ({ service, text }) => {
    const path = mains(service).find((one) => /^func main\(\)/m.test(text(one) ?? ''));
    const source = path === undefined ? null : text(path);
    const module = modules(service).find((one) => text(one) !== null);
    const required = module === undefined ? null : text(module);
    if (path === undefined || source === null || module === undefined || required === null) {
      throw byHand(
        service,
        'its main function or go.mod cannot be read',
        'start the SDK first in main (https://opentelemetry.io/docs/languages/go/getting-started/).',
      );
    }
    if (
      /go\.opentelemetry\.io/.test(source) ||
      /^\s*(?:require )?go\.opentelemetry\.io\/otel\/sdk [^\n]*(?<!indirect)\r?$/m.test(required)
    ) {
      return [
        { path, content: source },
        { path: module, content: required },
      ];
    }
    if (
      /\b(?:startTelemetry|watched)\b/.test(source) ||
      text(inService(service, 'otel.go')) !== null
    ) {
      throw byHand(
        service,
        'it has an otel.go, or names that ours would take',
        'start the SDK first in main.',
      );
    }
    const { content, kind } = patched(source);
    const file = withLineEnds(goFile(kind), source);
    return [
      { path, content },
      { path: inService(service, 'otel.go'), content: file },
      { path: module, content: withModules(required, kind) },
    ];
  },
};

function mains(service: Service): readonly string[] {
  const found = service.evidence.map(({ file }) => file).filter((file) => file.endsWith('.go'));
  const own = found.filter(
    (file) => inService(service, file.slice(file.lastIndexOf('/') + 1)) === file,
  );
  return [...new Set([...own, inService(service, 'main.go')])];
}

function modules(service: Service): readonly string[] {
  return [
    ...new Set([
      inService(service, 'go.mod'),
      service.context === '.' ? 'go.mod' : `${service.context}/go.mod`,
      'go.mod',
    ]),
  ];
}

/** Ways to put `watched` around what answers requests, by what answers; the first that applies is taken. */
const watchers: readonly (readonly [GoKind, (source: string) => string])[] = [
  ['gin', (source) => source.replace(/\bgin\.(?:Default|New)\(\)/, 'watched($&)')],
  [
    'http',
    (source) =>
      source
        .replace(
          /(\bhttp\.ListenAndServe(?:TLS)?\([^()\n]*,[ \t]*)([\w.]+(?:\([\w.]*\))?)(\))/,
          '$1watched($2)$3',
        )
        .replace(
          /(\bhttp\.Server\{[^{}]*?\bHandler:[ \t]*)([\w.]+(?:\([\w.]*\))?)([ \t]*[,}\r\n])/,
          '$1watched($2)$3',
        ),
  ],
  [
    'grpc',
    (source) =>
      source
        .replace(/\bgrpc\.NewServer\(\)/g, 'grpc.NewServer(watched())')
        .replace(/\bgrpc\.NewServer\((?=[\w\s])(?!watched)/g, 'grpc.NewServer(watched(), '),
  ],
];

/** `defer f()()` starts at once and ends with main; what answers is wrapped where it is made or handed over. */
function patched(source: string): { readonly content: string; readonly kind: GoKind } {
  const begun = source.replace(
    /^func main\(\)[ \t]*\{[ \t]*\r?\n/m,
    (line) => `${line}\tdefer startTelemetry()()${lineEnd(source)}`,
  );
  for (const [kind, watch] of watchers) {
    const content = watch(begun);
    if (content !== begun) return { content, kind };
  }
  return { content: begun, kind: 'none' };
}

function withModules(text: string, kind: GoKind): string {
  const end = lineEnd(text);
  const missing = Object.entries(goModules(kind, text)).filter(
    ([name]) => !text.includes(`${name} `),
  );
  const lines = missing.map(([name, version]) => `\t${name} ${version}`);
  const open = text.endsWith('\n') ? (/\n\r?\n$/.test(text) ? '' : end) : end + end;
  return `${text}${open}// New: run "go mod tidy" once, so that go.sum has them too; an older Go is raised with it.${end}require (${end}${lines.join(end)}${end})${end}`;
}
