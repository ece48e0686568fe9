import type { Service } from '#shared/scan.ts';
import { assetCopies, assetStages } from './assets.ts';
import { shellQuote } from './command-line.ts';
import { addUser, aptInstall, systemPackages } from './debian.ts';
import { debianImage } from './debian-image.ts';
import {
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
import { jvmBuilder } from './jvm-builders.ts';
import { classPathFiles, keepFiles } from './jvm-class-path.ts';
import { join } from './layout.ts';
import { manifestStage } from './manifests.ts';
import { appUid, readsEnv, type Stack, usesFramework } from './stack.ts';
import { parsedStart, startCommand } from './start.ts';
import { type ImageVersion, imageVersion } from './version.ts';

/** Java 8 calls itself 1.8; images know the major number only, and none is older than 8. */
function javaVersion(service: Service): ImageVersion {
  const major = service.runtimeVersion?.replace(/^1\.(?=\d)/, '') ?? '';
  const old = /^[5-7]\b/.exec(major)?.[0];
  if (old !== undefined)
    return {
      tag: '8',
      note: `The project pins Java ${old}: Java 8 is the oldest that has an image, and runs it.`,
    };
  const pin = /^(?:8|11|17|2\d|[3-9]\d)\b/.test(major) ? major : null;
  return imageVersion({ ...service, runtimeVersion: pin }, 'Java', '25', 1);
}

/** Copies what runs to `/out`: one jar as `app.jar`, or a folder such as Quarkus's as it is. */
function collect(service: Service, fallback: string): string {
  const files = classPathFiles(service);
  if (files !== null) return run(keepFiles(files));
  const output =
    service.output ?? (usesFramework(service, 'quarkus') ? 'target/quarkus-app' : fallback);
  if (/(?:^|\/)quarkus-run\.jar$/.test(output)) {
    const folder = output.split('/').slice(0, -1).join('/') || '.';
    return run(['mkdir -p /out', `cp -R ${shellQuote(folder)}/. /out/`]);
  }
  if (/\.[jw]ar$/.test(output) && !/[*?[]/.test(output)) {
    return run(`install -D -m 0644 ${shellQuote(output)} /out/app.jar`);
  }
  if (
    !/\.jar$/.test(output) &&
    service.output !== null &&
    !/(?:^|\/)(?:libs|target)\/?$/.test(output)
  ) {
    return run(['mkdir -p /out', `cp -R ${shellQuote(output)}/. /out/`]);
  }
  const folder = shellQuote(output.replace(/\/[^/]*\.jar$/, ''));
  const others = ['*-sources.jar', '*-javadoc.jar', '*-plain.jar', '*-tests.jar', 'original-*.jar'];
  const names = others.map((name) => `! -name '${name}'`).join(' ');
  return run([
    'mkdir -p /out',
    `cp "$(find ${folder} -name '*.jar' ${names} -printf '%s %p\\n' | sort -rn | head -n 1 | cut -d ' ' -f 2-)" /out/app.jar`,
  ]);
}

/** The start command with the jar where the image has it; a wrapper script of a build folder as it is. */
function jvmStart(service: Service): readonly string[] {
  // Java itself reads the star of a class path, where a shell would find no file of that name.
  if (classPathFiles(service) !== null)
    return startCommand(service.start?.replaceAll('*', '\\*') ?? null, ([java = '', ...rest]) => [
      java,
      ...memory(rest),
      ...rest,
    ]);
  const line = parsedStart(service);
  const words = line?.type === 'argv' ? line.argv : [];
  const jar =
    /(?:quarkus-app|quarkus-run\.jar)\/?$/.test(service.output ?? 'quarkus-app') &&
    usesFramework(service, 'quarkus')
      ? 'quarkus-run.jar'
      : 'app.jar';
  const isScript = line !== null && words[0] !== undefined && /(?:^|\/)bin\//.test(words[0]);
  if (isScript) {
    const script = words[0]?.replace(/^.*(?=bin\/)/, '/app/') ?? '';
    return [cmd([script, ...words.slice(1)])];
  }
  const at = words.indexOf('-jar');
  const options = words[0] === 'java' && at > 0 ? words.slice(1, at) : [];
  const args = words[0] === 'java' && at > 0 ? words.slice(at + 2) : [];
  if (words[0] === 'java' && at < 0) return startCommand(service.start);
  return [cmd(['java', ...memory(options), ...options, '-jar', `/app/${jar}`, ...args])];
}

/** How much of the container's memory the heap may take, where the command does not say: the Dockerfile that it was read from may. */
function memory(options: readonly string[]): readonly string[] {
  const says = options.some((word) => /^-(?:XX:MaxRAM|Xmx|XX:MaxHeapSize)/.test(word));
  return says ? [] : ['-XX:MaxRAMPercentage=75'];
}

/** Java, Kotlin, Scala and Clojure: built by a JDK, run by a JRE. */
export const jvmStack: Stack = {
  image: debianImage,
  dockerfile(service, layout) {
    const { tag, note } = javaVersion(service);
    const { port, health } = debianImage(service);
    const builder = jvmBuilder(service, tag);
    return [
      ...assetStages(service),
      ...manifestStage(builder.image, builder.names, builder.folders),
      comment(note),
      from(builder.image, 'build'),
      ...builder.setup,
      workdir('/app'),
      comment('Dependencies first: this layer changes with the build files only.'),
      copy({ from: 'manifests', sources: ['/app'], to: './' }),
      ...builder.fetch,
      copy({ sources: ['.'], to: './' }),
      ...assetCopies(service),
      ...(layout.workspace ? [workdir(join('/app', layout.folder))] : []),
      builder.build,
      collect(service, builder.output),
      from(`eclipse-temurin:${tag}-jre`),
      ...aptInstall(systemPackages(service)),
      addUser(),
      ...(port !== null && usesFramework(service, 'spring') ? [env({ SERVER_PORT: port })] : []),
      ...(port !== null && readsEnv(service, 'PORT') ? [env({ PORT: port })] : []),
      workdir('/app'),
      comment(
        'Files that the program reads at run time (settings, templates) need a COPY of their own.',
      ),
      copy({ from: 'build', sources: ['/out/'], to: './' }),
      user(appUid),
      ...(port === null ? [] : [expose([port])]),
      ...(health ? [healthcheck(health, 60)] : []),
      ...jvmStart(service),
    ];
  },
  ignore: () => ['**/target', '**/build', '**/.gradle', '**/out', '**/*.class', '!**/src/**'],
};
