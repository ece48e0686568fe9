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
import { CannotWire, type Wired, type Wiring, type WiringContext } from './wiring.ts';

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

/** Files that the wiring of a service looks at, and one of its own that can say why it has none. */
export function telemetryReads(project: ScanResult, service: Service | null): readonly string[] {
  const looked = service === null ? [] : (wiringOf(service)?.reads(service) ?? []);
  return service === null ? [] : [...new Set([...looked, ...ownFiles(project, service, looked)])];
}

/** Files of the service that no other kind of a run proposes, its manifest first. */
function ownFiles(
  { existing }: ScanResult,
  { path, evidence }: Service,
  looked: readonly string[],
): readonly string[] {
  const others = new Set(existing.map((one) => one.path));
  const below = path === '.' ? '' : `${path}/`;
  const seen = evidence.map(({ file }) => file).filter((file) => file.startsWith(below));
  const own = (file: string): boolean => !others.has(file) && !/(?:^|\/)Dockerfile$/.test(file);
  return [...looked.filter(own), ...seen.filter(own).slice(0, 1)];
}

/**
 * OpenTelemetry's SDK in a service: patches of its own files, as small as can be, and new ones where
 * needed. A service that is wired already, traced by something else, or cannot be wired safely, comes
 * back as it is; of the last two a note says why.
 * @throws OmegaError `INVALID_INPUT` for other languages, and where none of its files can be read.
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
  const files = wired(wiring, { project, service, name: namesOf(project, service).label, text });
  if (!(files instanceof CannotWire)) {
    return files.map(({ path, content }) => ({ kind: 'telemetry', path, content }));
  }
  const path = ownFiles(project, service, wiring.reads(service)).find((one) => texts.has(one));
  if (path === undefined) throw files;
  const why = `OpenTelemetry is left out: ${files.reason}`;
  const content = text(path) ?? '';
  return [{ kind: 'telemetry', path, content, notes: leftNotes([{ line: 1, text: why }]) }];
}

function wired(wiring: Wiring, context: WiringContext): readonly Wired[] | CannotWire {
  try {
    return wiring.write(context);
  } catch (error) {
    if (error instanceof CannotWire) return error;
    throw error;
  }
}

function wiringOf({ language }: Service): Wiring | null {
  return Object.hasOwn(wirings, language) ? (wirings[language] ?? null) : null;
}
