import type { Service } from '#shared/scan.ts';
import {
  byHand,
  inService,
  lineEnd,
  type Wired,
  type Wiring,
  type WiringContext,
  withLineEnds,
} from './wiring.ts';

const version = '1.14.0';
const packages = [
  'OpenTelemetry.Exporter.OpenTelemetryProtocol',
  'OpenTelemetry.Extensions.Hosting',
  'OpenTelemetry.Instrumentation.AspNetCore',
  'OpenTelemetry.Instrumentation.Http',
];
const central = 'Directory.Packages.props';

/** .NET: packages in the project, and AddOpenTelemetry where the builder is made. */
export const dotnetWiring: Wiring = {
  reads: (service) => [...projects(service), inService(service, 'Program.cs'), central],
  write: (context) => {
    const { service, text } = context;
    const path = projects(service).find((one) => text(one) !== null);
    const project = path === undefined ? null : text(path);
    const program = inService(service, 'Program.cs');
    const source = text(program);
    if (path === undefined || project === null || source === null) {
      throw byHand(
        service,
        'its project file or Program.cs cannot be read',
        'add OpenTelemetry.Extensions.Hosting and call builder.Services.AddOpenTelemetry().',
      );
    }
    if (/opentelemetry/i.test(project) || /OpenTelemetry|AddServiceDefaults\(/.test(source)) {
      return [
        { path: program, content: source },
        { path, content: project },
      ];
    }
    const content = withBuilder(source);
    if (content === null) {
      throw byHand(
        service,
        `${program} has no line that makes a builder`,
        'call AddOpenTelemetry() on its services where the host is made (https://opentelemetry.io/docs/languages/dotnet/getting-started/).',
      );
    }
    return [{ path: program, content }, ...withPackages(context, { path, content: project })];
  },
};

function projects(service: Service): readonly string[] {
  const found = service.evidence.map(({ file }) => file).filter((file) => file.endsWith('.csproj'));
  return [...new Set([...found, inService(service, `${service.name}.csproj`)])];
}

function withBuilder(source: string): string | null {
  const made =
    /^([ \t]*)var (\w+) = (?:WebApplication|Host)\.Create(?:Slim|Application|Empty)?(?:Application)?Builder\([^\n]*\);[ \t]*\r?\n/m.exec(
      source,
    );
  if (!made) return null;
  const [line, indent = '', builder = ''] = made;
  const call = [
    `${indent}// It sends to OTEL_EXPORTER_OTLP_ENDPOINT, as OTEL_SERVICE_NAME.`,
    `${indent}${builder}.Services.AddOpenTelemetry()`,
    `${indent}    .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())`,
    `${indent}    .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())`,
    `${indent}    .UseOtlpExporter();`,
    '',
  ].join('\n');
  const at = made.index + line.length;
  const uses = withLineEnds(
    'using OpenTelemetry;\nusing OpenTelemetry.Metrics;\nusing OpenTelemetry.Trace;\n',
    source,
  );
  const head =
    /^(?:\uFEFF)?(?:[ \t]*(?:\/\/[^\n]*|using [\w.= <>]+;[ \t]*)?\r?\n)*(?:using [\w.= <>]+;[ \t]*\r?\n)/.exec(
      source,
    )?.[0] ?? (source.startsWith('\uFEFF') ? '\uFEFF' : '');
  return (
    head + uses + source.slice(head.length, at) + withLineEnds(call, source) + source.slice(at)
  );
}

function withPackages({ service, text }: WiringContext, project: Wired): readonly Wired[] {
  const props = text(central);
  const managed = props !== null && /ManagePackageVersionsCentrally>\s*true/i.test(props);
  const own = withLines(
    project.content,
    'PackageReference',
    (name) => `<PackageReference Include="${name}"${managed ? '' : ` Version="${version}"`} />`,
  );
  const shared = managed
    ? withLines(
        props,
        'PackageVersion',
        (name) => `<PackageVersion Include="${name}" Version="${version}" />`,
      )
    : null;
  if (own === null || (managed && shared === null)) {
    throw byHand(
      service,
      `${project.path} cannot be changed safely`,
      `add ${packages.join(', ')}.`,
    );
  }
  return [
    { ...project, content: own },
    ...(shared === null ? [] : [{ path: central, content: shared }]),
  ];
}

/** Puts a line for each package that is missing after the last of its kind, or into a group of their own. */
function withLines(text: string, kind: string, line: (name: string) => string): string | null {
  const missing = packages.filter((name) => !text.includes(`"${name}"`));
  const end = lineEnd(text);
  const last = [
    ...text.matchAll(new RegExp(`^([ \\t]*)<${kind} [^>\\n]*/>[ \\t]*\\r?\\n`, 'gm')),
  ].at(-1);
  if (last) {
    const at = last.index + last[0].length;
    return (
      text.slice(0, at) +
      missing.map((name) => `${last[1]}${line(name)}${end}`).join('') +
      text.slice(at)
    );
  }
  const close = text.lastIndexOf('</Project>');
  if (close < 0) return null;
  const group = [
    '  <ItemGroup>',
    ...missing.map((name) => `    ${line(name)}`),
    '  </ItemGroup>',
    '',
  ].join(end);
  return text.slice(0, close) + group + text.slice(close);
}
