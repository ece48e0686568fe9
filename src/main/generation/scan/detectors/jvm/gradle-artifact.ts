import type { Place } from '../../draft.ts';
import { shellWord } from '../../shell.ts';
import type { GradleBuild } from './gradle-build.ts';

/** What a module's build leaves that can be run: by which plugin and task, where, and how it starts. */
export type Artifact = {
  readonly plugin: string;
  readonly task: string;
  readonly output: string;
  readonly start: string | null;
};

/** What the module's plugins leave below `build`, best to run first. */
export function artifactOf(
  plugins: ReadonlyMap<string, Place>,
  name: string,
  version: string | null,
  { archive, script }: GradleBuild,
): Artifact | null {
  const suffix = version ? `-${version}` : '';
  const jar = (plugin: string, task: string, file: string): Artifact => {
    const output = `build/libs/${archive ?? file}`;
    const [before = '', after] = output.split('*', 2);
    // The star must stay outside the quotes to stand for a name.
    const word = after === undefined ? shellWord(before) : `${before}*${shellWord(after)}`;
    return { plugin, task, output, start: `java -jar ${word}` };
  };
  if (plugins.has('io.quarkus')) {
    const output = 'build/quarkus-app/quarkus-run.jar';
    return { plugin: 'io.quarkus', task: 'quarkusBuild', output, start: `java -jar ${output}` };
  }
  if (plugins.has('org.springframework.boot')) {
    return jar('org.springframework.boot', 'bootJar', `${name}${suffix}.jar`);
  }
  if (plugins.has('io.ktor.plugin')) return jar('io.ktor.plugin', 'buildFatJar', `${name}-all.jar`);
  for (const shadow of ['com.gradleup.shadow', 'com.github.johnrengelman.shadow']) {
    if (plugins.has(shadow)) return jar(shadow, 'shadowJar', `${name}${suffix}-all.jar`);
  }
  for (const plugin of [
    'application',
    'io.micronaut.application',
    'io.micronaut.minimal.application',
  ]) {
    if (!plugins.has(plugin)) continue;
    const output = `build/install/${name}`;
    return {
      plugin,
      task: 'installDist',
      output,
      start: name === '*' ? null : shellWord(`./${output}/bin/${script ?? name}`),
    };
  }
  return null;
}
