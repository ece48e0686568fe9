import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { isDeployable } from '../deployable.ts';
import { leftNotes } from '../left-notes.ts';
import { namesOf } from '../names.ts';
import { sendsOtlp } from '../observability/observed.ts';
import { dotnetWiring } from './dotnet.ts';
import { goWiring } from './go.ts';
import { javaWiring } from './java.ts';
import { nodeWiring } from './node.ts';
import { pythonWiring } from './python.ts';
import { tracerIn } from './tracers.ts';
import type { Wiring } from './wiring.ts';

const wirings: Readonly<Record<string, Wiring>> = {
  javascript: nodeWiring,
  typescript: nodeWiring,
  python: pythonWiring,
  java: javaWiring,
  kotlin: javaWiring,
  go: goWiring,
  csharp: dotnetWiring,
};

/** Whether a service has a process of a language that OpenTelemetry can be wired into. */
export function fitsTelemetry(_project: ScanResult, service: Service): boolean {
  const other = service.packageManager === 'deno' || service.packageManager === 'bun';
  return wiringOf(service) !== null && isDeployable(service) && service.kind !== 'static' && !other;
}

/** Files that the wiring of a service looks at. */
export function telemetryReads(_project: ScanResult, service: Service | null): readonly string[] {
  return service === null ? [] : (wiringOf(service)?.reads(service) ?? []);
}

/**
 * OpenTelemetry's SDK in a service: patches of its own files, as small as can be, and new ones where
 * needed. A service that is wired already, or traced by something else, comes back as it is.
 * @throws OmegaError `INVALID_INPUT` for other languages, and where a file cannot be patched safely.
 */
export function telemetryArtifacts(
  project: ScanResult,
  service: Service,
  { texts }: Surroundings,
): readonly WrittenFile[] {
  const wiring = wiringOf(service);
  if (wiring === null || !fitsTelemetry(project, service)) {
    throw new OmegaError(
      'INVALID_INPUT',
      `OpenTelemetry is wired into Node.js, Python, Java, Go and .NET services; ${JSON.stringify(service.name)} is none of them. Leave it out of the run.`,
    );
  }
  const known = wiring.reads(service).find((path) => texts.has(path));
  if (sendsOtlp(service.metrics) && known !== undefined) {
    return [{ kind: 'telemetry', path: known, content: texts.get(known)?.content ?? '' }];
  }
  const text = (path: string): string | null => texts.get(path)?.content ?? null;
  const tracer = tracerIn(wiring.reads(service), text);
  if (tracer !== null) {
    const { path, line, name } = tracer;
    const why = `${name} traces this service already, and two tracers would watch the same calls: OpenTelemetry is left out. Take that out first to change over.`;
    const content = text(path) ?? '';
    return [{ kind: 'telemetry', path, content, notes: leftNotes([{ line, text: why }]) }];
  }
  const files = wiring.write({ project, service, name: namesOf(project, service).label, text });
  return files.map(({ path, content }) => ({ kind: 'telemetry', path, content }));
}

function wiringOf({ language }: Service): Wiring | null {
  return Object.hasOwn(wirings, language) ? (wirings[language] ?? null) : null;
}
