import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scanProject } from '#main/generation/scan/scan-project.ts';
import { onlyService, scanFiles } from './support/scan.ts';
import { makeProject } from './support/tree.ts';

const main = 'class App { public static void main(String[] a) throws Exception { Web.run(); } }\n';
const gradle = {
  'settings.gradle': "rootProject.name = 'Shop'\n",
  'build.gradle': "plugins {\n  id 'application'\n}\nmainClassName = 'App'\n",
  'src/main/java/App.java': `import java.net.ServerSocket;\n${main}// \nclass Web { static void run() { new ServerSocket(config()); } }\n`,
};

test.skipIf(process.platform === 'win32')(
  'a wrapper script without the right to run goes through its shell, where ./gradlew would be refused',
  async () => {
    const root = await makeProject({ ...gradle, gradlew: '#!/usr/bin/env sh\n' });
    const commands = async () =>
      (await scanProject(root, { signal: new AbortController().signal })).services.map((one) => [
        one.install,
        one.build,
      ]);
    expect(await commands()).toEqual([
      ['./gradlew --no-daemon dependencies', './gradlew --no-daemon installDist'],
    ]);
    await chmod(join(root, 'gradlew'), 0o644);
    expect(await commands()).toEqual([
      ['sh ./gradlew --no-daemon dependencies', 'sh ./gradlew --no-daemon installDist'],
    ]);
  },
);

test.skipIf(process.platform === 'win32')(
  'an old wrapper written for bash does not go through sh, which knows no arrays',
  async () => {
    const root = await makeProject({ ...gradle, gradlew: '#!/usr/bin/env bash\n' });
    await chmod(join(root, 'gradlew'), 0o600);
    const { services } = await scanProject(root, { signal: new AbortController().signal });
    expect(services[0]?.build).toBe('bash ./gradlew --no-daemon installDist');
  },
);

test('a Procfile that starts the script in the folder of installDist keeps the script, not the folder', async () => {
  const { start } = await onlyService({
    ...gradle,
    Procfile: 'web: build/install/Shop/bin/Shop\n',
  });
  expect(start).toBe('build/install/Shop/bin/Shop');
});

test('a program that listens by itself takes its port from its own settings file', async () => {
  const { kind, ports, evidence, unknowns } = await onlyService({
    ...gradle,
    'src/main/resources/server.properties':
      '# where it listens\nserver.name=localhost\nserver.port=8099\n',
  });
  expect({ kind, ports }).toEqual({ kind: 'web', ports: [8099] });
  // In a container nobody would reach it there.
  expect(unknowns.find(({ fact }) => fact === 'address')?.reason).toContain(
    'server.properties:2 lets it listen on localhost',
  );
  expect(evidence).toContainEqual({
    fact: 'ports',
    value: '8099',
    file: 'src/main/resources/server.properties',
    line: 3,
  });
});

const shaded = (library: string) => `<project>
  <groupId>a</groupId><artifactId>shop</artifactId><version>1</version>
  <dependencies>${library}</dependencies>
  <build><plugins><plugin><artifactId>maven-shade-plugin</artifactId></plugin></plugins></build>
</project>
`;

test('a program on embedded Jetty is a web service with the port of its code, not a command', async () => {
  const { kind, framework, ports } = await onlyService({
    'pom.xml': shaded(
      '<dependency><groupId>org.eclipse.jetty</groupId><artifactId>jetty-servlet</artifactId></dependency>',
    ),
    'src/main/java/App.java': `${main}class Web { static void run() { new Server(8085).start(); } }\n`,
  });
  expect({ kind, framework, ports }).toEqual({ kind: 'web', framework: 'jetty', ports: [8085] });
});

test('a jar-less program that a Procfile starts by its class path has a start, and no doubt about it', async () => {
  const { start, unknowns } = await onlyService({
    'pom.xml':
      '<project><groupId>a</groupId><artifactId>shop</artifactId><version>1</version></project>',
    'src/main/java/App.java': main,
    Procfile: 'web: java -cp target/classes:target/dependency/* App\n',
  });
  expect(start).toBe('java -cp target/classes:target/dependency/* App');
  expect(unknowns.map(({ fact }) => fact)).not.toContain('start');
});

const lein = (entry: string) => `(defproject shop "1.0"
  :dependencies [[ring/ring-jetty-adapter "1.8.2"]]
  :main ${entry})
`;

test.each([
  ['^:skip-aot shop.app', 'java -cp target/shop-1.0-standalone.jar clojure.main -m shop.app'],
  ['shop.app', 'java -jar target/shop-1.0-standalone.jar'],
])('a Clojure jar with the main %s starts, and lein run starts that jar', async (entry, start) => {
  const files = {
    'project.clj': lein(entry),
    'src/shop/app.clj': '(defn -main [] (run-jetty app {:port 5000}))\n',
  };
  expect((await onlyService(files)).start).toBe(start);
  expect((await onlyService({ ...files, Procfile: 'web: lein run\n' })).start).toBe(start);
});

test('lein run of another namespace starts that one from the jar', async () => {
  const { start } = await onlyService({
    'project.clj': lein('shop.app'),
    'src/shop/app.clj': '(defn -main [])\n',
    Procfile: 'web: lein with-profile production trampoline run -m shop.admin 1\n',
  });
  expect(start).toBe('java -cp target/shop-1.0-standalone.jar clojure.main -m shop.admin 1');
});

test('sbt-native-packager of before 1.0 stages what the Procfile starts', async () => {
  const { build, start } = await onlyService({
    'build.sbt': 'packageArchetype.java_application\n\nname := "shop"\n',
    'project/plugins.sbt': 'addSbtPlugin("com.typesafe.sbt" % "sbt-native-packager" % "0.7.4")\n',
    'src/main/scala/Server.scala': 'object Server { def main(args: Array[String]) { } }\n',
    Procfile: 'web: target/universal/stage/bin/shop\n',
  });
  expect({ build, start }).toEqual({
    build: 'sbt stage',
    start: 'target/universal/stage/bin/shop',
  });
});

const assembled = `<project>
  <groupId>a</groupId><artifactId>shop</artifactId><version>1</version>
  <build><plugins><plugin><artifactId>maven-assembly-plugin</artifactId><configuration><archive><manifest>
    <mainClass>old.place.App</mainClass>
  </manifest></archive></configuration></plugin></plugins></build>
</project>
`;

test.each([
  [
    'that was moved starts by its name',
    'org/shop/App',
    'java -cp target/shop-1-jar-with-dependencies.jar org.shop.App',
  ],
  [
    'that is where the build says starts with its jar',
    'old/place/App',
    'java -jar target/shop-1-jar-with-dependencies.jar',
  ],
  [
    'of another name may come from a library',
    'org/shop/Server',
    'java -jar target/shop-1-jar-with-dependencies.jar',
  ],
])('a main class %s', async (_, path, start) => {
  const service = await onlyService({ 'pom.xml': assembled, [`src/main/java/${path}.java`]: main });
  expect(service.start).toBe(start);
});

test('a group that a dependency takes from its project is the one that the parent names', async () => {
  const { services } = await scanFiles({
    'pom.xml':
      '<project><groupId>org.nanohttpd</groupId><artifactId>all</artifactId><version>1</version><packaging>pom</packaging><modules><module>web</module></modules></project>',
    'web/pom.xml': `<project>
  <parent><groupId>org.nanohttpd</groupId><artifactId>all</artifactId><version>1</version></parent><artifactId>web</artifactId>
  <dependencies><dependency><groupId>\${project.groupId}</groupId><artifactId>nanohttpd</artifactId></dependency></dependencies>
  <build><plugins><plugin><artifactId>maven-shade-plugin</artifactId></plugin></plugins></build>
</project>`,
    'web/src/main/java/App.java': `${main}class Web { int port = 8080; }\n`,
  });
  expect(services.map(({ kind, framework, ports }) => ({ kind, framework, ports }))).toEqual([
    { kind: 'web', framework: 'nanohttpd', ports: [8080] },
  ]);
});
