import type { Service } from '#shared/scan.ts';
import { type CacheMount, comment, env, run } from './instructions.ts';

/** How one JVM build tool makes its jar. */
export interface JvmBuilder {
  /** Base image of the stages that build. */
  readonly image: string;
  readonly setup: readonly string[];
  /** Names of the files that decide the dependencies, and folders kept whole. */
  readonly names: readonly string[];
  readonly folders: readonly string[];
  /** Downloads dependencies from the manifests alone, where the tool can. */
  readonly fetch: readonly string[];
  readonly build: string;
  /** Folder of jars where the scan names no output. */
  readonly output: string;
}

const m2: readonly CacheMount[] = [{ target: '/root/.m2' }];
const gradleHome: readonly CacheMount[] = [{ target: '/root/.gradle', sharing: 'locked' }];
const ivy: readonly CacheMount[] = [
  { target: '/root/.cache/coursier' },
  { target: '/root/.ivy2' },
  { target: '/root/.sbt', sharing: 'locked' },
];
/** Modules that need each other cannot be resolved before they are built. */
const bestEffort = comment(
  'Best effort: what cannot be resolved without the sources comes with the build.',
);
const sbtVersion = '1.10.11';

function maven(service: Service, jdk: string): JvmBuilder {
  const wrapped = usesWrapper(service, 'mvnw');
  const mvn = wrapped ? 'sh ./mvnw' : 'mvn';
  return {
    image: wrapped ? `eclipse-temurin:${jdk}-jdk` : `maven:3-eclipse-temurin-${jdk}`,
    setup: [],
    names: ['pom.xml', 'mvnw', 'lombok.config'],
    folders: ['.mvn'],
    fetch: [bestEffort, run(`${mvn} -B -q dependency:go-offline || true`, m2)],
    build: run(service.build ?? `${mvn} -B package -DskipTests`, m2),
    output: 'target',
  };
}

function gradle(service: Service, jdk: string): JvmBuilder {
  const wrapped = usesWrapper(service, 'gradlew');
  const command = wrapped ? 'sh ./gradlew' : 'gradle';
  return {
    image: wrapped ? `eclipse-temurin:${jdk}-jdk` : `gradle:${Number(jdk) < 17 ? 8 : 9}-jdk${jdk}`,
    setup: [env({ GRADLE_OPTS: '-Dorg.gradle.daemon=false', GRADLE_USER_HOME: '/root/.gradle' })],
    names: [
      '*.gradle',
      '*.gradle.kts',
      'gradle.properties',
      'gradlew',
      'libs.versions.toml',
      'gradle.lockfile',
    ],
    folders: ['gradle', 'buildSrc', 'build-logic'],
    fetch: [bestEffort, run(`${command} dependencies --quiet > /dev/null || true`, gradleHome)],
    build: run(service.build ?? `${command} assemble`, gradleHome),
    output: 'build/libs',
  };
}

function sbt(service: Service, jdk: string): JvmBuilder {
  return {
    image: `eclipse-temurin:${jdk}-jdk`,
    setup: [
      comment('The launcher only; it fetches the sbt version that project/build.properties names.'),
      `ADD https://github.com/sbt/sbt/releases/download/v${sbtVersion}/sbt-${sbtVersion}.tgz /tmp/sbt.tgz`,
      run([
        'tar -xzf /tmp/sbt.tgz -C /opt',
        'ln -s /opt/sbt/bin/sbt /usr/local/bin/sbt',
        'rm /tmp/sbt.tgz',
      ]),
    ],
    names: ['build.sbt', 'build.properties', 'plugins.sbt', '*.sbt'],
    folders: ['project'],
    fetch: [run('sbt update', ivy)],
    build: run(service.build ?? 'sbt assembly', ivy),
    output: 'target',
  };
}

function clojure(service: Service, jdk: string): JvmBuilder {
  const lein = service.packageManager?.toLowerCase().startsWith('lein') ?? true;
  return {
    image: `clojure:temurin-${jdk}-${lein ? 'lein' : 'tools-deps'}`,
    setup: [],
    names: ['project.clj', 'deps.edn', 'build.clj', 'profiles.clj'],
    folders: [],
    fetch: [run(lein ? 'lein deps' : 'clojure -P', m2)],
    build: run(service.build ?? (lein ? 'lein uberjar' : 'clojure -T:build uber'), m2),
    output: 'target',
  };
}

/** The build tool of a service, by its package manager and then by its language. */
export function jvmBuilder(service: Service, jdk: string): JvmBuilder {
  const manager = service.packageManager?.toLowerCase() ?? '';
  if (manager.startsWith('gradle')) return gradle(service, jdk);
  if (manager.startsWith('maven') || manager.startsWith('mvn')) return maven(service, jdk);
  if (manager.startsWith('sbt')) return sbt(service, jdk);
  if (service.language === 'clojure') return clojure(service, jdk);
  if (service.language === 'scala') return sbt(service, jdk);
  return service.language === 'kotlin' ? gradle(service, jdk) : maven(service, jdk);
}

function usesWrapper(service: Service, wrapper: string): boolean {
  return `${service.install ?? ''} ${service.build ?? ''}`.includes(wrapper);
}
