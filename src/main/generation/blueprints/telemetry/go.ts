import type { Service } from '#shared/scan.ts';
import { goFile, goModules } from './go-file.ts';
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
    const kind = /\bgin\.(?:Default|New)\(\)/.test(source) ? 'gin' : 'http';
    const { content, watches } = patched(source, kind);
    const file = withLineEnds(goFile(watches ? kind : 'none'), source);
    return [
      { path, content },
      { path: inService(service, 'otel.go'), content: file },
      { path: module, content: withModules(required, watches ? kind : 'none') },
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

/** `defer f()()` starts at once and ends with main; the handler is wrapped where it is handed over. */
function patched(
  source: string,
  kind: 'http' | 'gin',
): { readonly content: string; readonly watches: boolean } {
  const begun = source.replace(
    /^func main\(\)[ \t]*\{[ \t]*\r?\n/m,
    (line) => `${line}\tdefer startTelemetry()()${lineEnd(source)}`,
  );
  const content =
    kind === 'gin'
      ? begun.replace(/\bgin\.(?:Default|New)\(\)/, 'watched($&)')
      : begun
          .replace(
            /(\bhttp\.ListenAndServe(?:TLS)?\([^()\n]*,[ \t]*)([\w.]+(?:\([\w.]*\))?)(\))/,
            '$1watched($2)$3',
          )
          .replace(
            /(\bhttp\.Server\{[^{}]*?\bHandler:[ \t]*)([\w.]+(?:\([\w.]*\))?)([ \t]*[,}\r\n])/,
            '$1watched($2)$3',
          );
  return { content, watches: content !== begun };
}

function withModules(text: string, kind: 'http' | 'gin' | 'none'): string {
  const end = lineEnd(text);
  const missing = Object.entries(goModules(kind)).filter(([name]) => !text.includes(`${name} `));
  const lines = missing.map(([name, version]) => `\t${name} ${version}`);
  const open = text.endsWith('\n') ? (/\n\r?\n$/.test(text) ? '' : end) : end + end;
  return `${text}${open}// New: run "go mod tidy" once, so that go.sum has them too; an older Go is raised with it.${end}require (${end}${lines.join(end)}${end})${end}`;
}
