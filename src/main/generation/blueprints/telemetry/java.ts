import type { Service } from '#shared/scan.ts';
import { byHand, inService, lineEnd, type Wiring } from './wiring.ts';

const version = '2.26.1';
const group = 'io.opentelemetry.instrumentation';
const starter = 'opentelemetry-spring-boot-starter';
const bom = 'opentelemetry-instrumentation-bom';
const builds = ['build.gradle.kts', 'build.gradle'];

/** Java and Kotlin with Spring Boot: OpenTelemetry's starter in the build, which needs no code. */
export const javaWiring: Wiring = {
  reads: (service) => [
    ...['pom.xml', ...builds].map((one) => inService(service, one)),
    ...(service.path === '.' ? [] : ['pom.xml']),
  ],
  write: ({ service, text }) => {
    if (service.framework !== 'spring-boot') {
      throw byHand(
        service,
        'only Spring Boot has a starter that needs no code',
        'start it with the Java agent (JAVA_TOOL_OPTIONS=-javaagent:opentelemetry-javaagent.jar).',
      );
    }
    const path = ['pom.xml', ...builds]
      .map((one) => inService(service, one))
      .find((one) => text(one) !== null);
    const source = path === undefined ? null : text(path);
    if (path === undefined || source === null) {
      throw byHand(service, 'its build file cannot be read', `add ${group}:${starter}:${version}.`);
    }
    const boot = bootVersion(text, service);
    if (boot !== null && (boot[0] < 2 || (boot[0] === 2 && boot[1] < 6))) {
      throw byHand(
        service,
        `Spring Boot ${boot.join('.')} is older than the starter knows (2.6)`,
        'raise Spring Boot, or start it with the Java agent (JAVA_TOOL_OPTIONS=-javaagent:opentelemetry-javaagent.jar).',
      );
    }
    if (source.includes(starter) || source.includes('opentelemetry-javaagent'))
      return [{ path, content: source }];
    const content = path.endsWith('.xml') ? withMaven(source) : withGradle(source);
    if (content !== null) return [{ path, content }];
    throw byHand(
      service,
      `${path} has no dependencies of its own`,
      `add ${group}:${starter}:${version} and its BOM ${bom}.`,
    );
  },
};

/** Major and minor of Spring Boot, as its parent or its plugin names it here or at the root; null where neither does. */
function bootVersion(
  text: (path: string) => string | null,
  service: Service,
): readonly [number, number] | null {
  const own = ['pom.xml', ...builds].map((one) => inService(service, one));
  for (const path of [...own, 'pom.xml']) {
    const found =
      /<artifactId>spring-boot-(?:starter-parent|dependencies)<\/artifactId>\s*<version>(\d+)\.(\d+)/.exec(
        text(path) ?? '',
      ) ??
      /org\.springframework\.boot["']\)?\s+version\s*\(?["'](\d+)\.(\d+)/.exec(text(path) ?? '');
    if (found) return [Number(found[1]), Number(found[2])];
  }
  return null;
}

/** The BOM comes first: what stands before it would choose other versions. */
function withMaven(text: string): string | null {
  const place = positions(text);
  if (place.dependencies === null) return null;
  const end = lineEnd(text);
  const unit = /^([ \t]+)</m.exec(text)?.[1] ?? '    ';
  const dependency = (depth: number, artifact: string, ...more: string[]): string =>
    [
      `<dependency>`,
      `${unit}<groupId>${group}</groupId>`,
      `${unit}<artifactId>${artifact}</artifactId>`,
      ...more.map((line) => unit + line),
      '</dependency>',
    ]
      .map((line) => unit.repeat(depth) + line + end)
      .join('');
  const imported = dependency(
    3,
    bom,
    `<version>${version}</version>`,
    '<type>pom</type>',
    '<scope>import</scope>',
  );
  const managed =
    place.managed === null
      ? {
          at: lineStart(text, place.opening),
          text: `${unit}<dependencyManagement>${end}${unit}${unit}<dependencies>${end}${imported}${unit}${unit}</dependencies>${end}${unit}</dependencyManagement>${end}${end}`,
        }
      : { at: afterLine(text, place.managed), text: imported };
  const added = { at: lineStart(text, place.dependencies), text: dependency(2, starter) };
  return [managed, added]
    .sort((a, b) => b.at - a.at)
    .reduce((all, { at, text: more }) => all.slice(0, at) + more + all.slice(at), text);
}

type Positions = {
  /** Where the project's dependencies open and close, and where those that it manages open. */
  readonly opening: number;
  readonly dependencies: number | null;
  readonly managed: number | null;
};

function positions(text: string): Positions {
  const stack: string[] = [];
  let found: Positions = { opening: 0, dependencies: null, managed: null };
  for (const tag of text.matchAll(
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([\w.-]+)[^<>]*?(\/?)>/g,
  )) {
    const [whole, closing, name, empty] = tag;
    if (name === undefined || empty === '/') continue;
    if (closing === '/') {
      if (stack.join('/') === 'project/dependencies') found = { ...found, dependencies: tag.index };
      stack.pop();
      continue;
    }
    stack.push(name);
    const path = stack.join('/');
    if (path === 'project/dependencies') found = { ...found, opening: tag.index };
    if (path === 'project/dependencyManagement/dependencies')
      found = { ...found, managed: tag.index + whole.length };
  }
  return found;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at) + 1;
}

function afterLine(text: string, at: number): number {
  const next = text.indexOf('\n', at);
  return next < 0 ? text.length : next + 1;
}

function withGradle(text: string): string | null {
  const found = /^dependencies[ \t]*\{[ \t]*\r?\n/m.exec(text);
  if (!found) return null;
  const at = found.index + found[0].length;
  const indent = /^([ \t]+)\S/.exec(text.slice(at))?.[1] ?? '    ';
  const lines = [
    `implementation(platform("${group}:${bom}:${version}"))`,
    `implementation("${group}:${starter}")`,
  ];
  return (
    text.slice(0, at) + lines.map((line) => indent + line + lineEnd(text)).join('') + text.slice(at)
  );
}
