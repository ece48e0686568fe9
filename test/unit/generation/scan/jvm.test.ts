import { expect, test } from 'vitest';
import { facts, onlyService, scanFiles } from './support/scan.ts';

const application =
  'package a;\n@SpringBootApplication\nclass App { public static void main(String[] a) {} }\n';

test('reads a Maven reactor: parent properties, finalName, nested YAML port, placeholders, sibling modules', async () => {
  const { services } = await scanFiles({
    mvnw: '#!/bin/sh\n',
    'pom.xml': `<project>
  <groupId>a</groupId><artifactId>shop</artifactId><version>1.2.0</version>
  <packaging>pom</packaging>
  <modules><module>api</module><module>common</module></modules>
  <properties><java.version>21</java.version></properties>
</project>
`,
    'common/pom.xml':
      '<project><parent><groupId>a</groupId><artifactId>shop</artifactId><version>1.2.0</version></parent><artifactId>common</artifactId></project>',
    'api/pom.xml': `<project>
  <parent><groupId>a</groupId><artifactId>shop</artifactId><version>1.2.0</version></parent>
  <artifactId>api</artifactId>
  <dependencies>
    <dependency><groupId>a</groupId><artifactId>common</artifactId></dependency>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-actuator</artifactId></dependency>
    <dependency>
      <groupId>org.postgresql</groupId>
      <artifactId>postgresql</artifactId>
    </dependency>
    <dependency><groupId>redis.clients</groupId><artifactId>jedis</artifactId><scope>test</scope></dependency>
  </dependencies>
  <build>
    <finalName>shop-\${project.artifactId}</finalName>
    <plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins>
  </build>
</project>
`,
    'api/src/main/java/a/App.java': application,
    'api/src/main/resources/application.yml': `server:
  port: \${PORT:9000}
spring:
  datasource:
    password: \${DB_PASSWORD}
---
spring:
  config:
    activate:
      on-profile: dev
server:
  port: 9999
`,
  });
  const api = services.find(({ name }) => name === 'api');
  expect(facts(api as never)).toEqual({
    name: 'api',
    path: 'api',
    context: '.',
    language: 'java',
    runtimeVersion: '21',
    framework: 'spring-boot',
    packageManager: 'maven',
    kind: 'web',
    install: null,
    build: '../mvnw -B -f ../pom.xml -pl api -am package -DskipTests',
    start: 'java -jar target/shop-api.jar',
    ports: [9000],
    backingServices: ['postgres'],
    env: [
      {
        name: 'DB_PASSWORD',
        required: true,
        file: 'api/src/main/resources/application.yml',
        line: 5,
      },
      { name: 'PORT', required: false, file: 'api/src/main/resources/application.yml', line: 2 },
    ],
    lockfile: null,
    output: 'target/shop-api.jar',
    healthPath: '/actuator/health',
    systemPackages: [],
  });
  expect(api?.evidence).toContainEqual({
    fact: 'backingServices',
    value: 'postgres',
    file: 'api/pom.xml',
    line: 10,
  });
  expect(services.find(({ name }) => name === 'common')?.kind).toBe('library');
});

test('a Spring program without a web library is a worker, and Quarkus starts its own jar', async () => {
  const pom = (dependency: string, plugin: string) =>
    `<project><groupId>a</groupId><artifactId>x</artifactId><version>1</version><dependencies>${dependency}</dependencies><build><plugins><plugin><artifactId>${plugin}</artifactId></plugin></plugins></build></project>`;
  const worker = await onlyService({
    'pom.xml': pom(
      '<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-amqp</artifactId></dependency>',
      'spring-boot-maven-plugin',
    ),
    'src/main/java/App.java': application,
  });
  expect(worker).toMatchObject({ kind: 'worker', ports: [], backingServices: ['rabbitmq'] });
  const quarkus = await onlyService({
    'pom.xml': pom(
      '<dependency><groupId>io.quarkus</groupId><artifactId>quarkus-rest</artifactId></dependency>',
      'quarkus-maven-plugin',
    ),
    'src/main/resources/application.properties': 'quarkus.http.port=8085\n',
  });
  expect(quarkus).toMatchObject({
    kind: 'web',
    ports: [8085],
    start: 'java -jar target/quarkus-app/quarkus-run.jar',
  });
});

test('reads a Gradle build with a version catalogue; modules that run are services', async () => {
  const { services } = await scanFiles({
    gradlew: '#!/bin/sh\n',
    'settings.gradle.kts': 'rootProject.name = "shop"\ninclude(":api", ":lib")\n',
    'gradle/libs.versions.toml':
      '[libraries]\nktor-server-netty = { module = "io.ktor:ktor-server-netty", version = "3.0.0" }\n[plugins]\nktor = { id = "io.ktor.plugin", version = "3.0.0" }\n',
    'api/build.gradle.kts': `plugins {
    kotlin("jvm")
    alias(libs.plugins.ktor)
}
kotlin { jvmToolchain(17) }
dependencies {
    implementation(libs.ktor.server.netty)
    runtimeOnly("org.postgresql:postgresql:42.7.1")
}
`,
    'api/src/main/kotlin/App.kt': 'fun main() { embeddedServer(Netty, port = 8088) {}.start() }\n',
    'lib/build.gradle.kts': 'plugins { kotlin("jvm") }\n',
    'lib/src/main/kotlin/L.kt': 'class L\n',
  });
  expect(facts(services.find(({ name }) => name === 'api') as never)).toMatchObject({
    path: 'api',
    context: '.',
    language: 'kotlin',
    runtimeVersion: '17',
    framework: 'ktor',
    kind: 'web',
    install: './gradlew --no-daemon :api:dependencies',
    build: '../gradlew --no-daemon -p .. :api:buildFatJar',
    start: 'java -jar build/libs/api-all.jar',
    ports: [8088],
    backingServices: ['postgres'],
  });
  expect(services.find(({ name }) => name === 'lib')?.kind).toBe('library');
});

test('sbt with Play and Leiningen with Ring start what their packagers leave', async () => {
  const play = await onlyService({
    'build.sbt':
      'name := "web-shop"\nlazy val root = (project in file(".")).enablePlugins(PlayScala)\nscalaVersion := "2.13.14"\n',
    'app/controllers/Home.scala': 'class Home\n',
  });
  expect(play).toMatchObject({ framework: 'play', ports: [9000], build: 'sbt stage' });
  const lein = await onlyService({
    'project.clj':
      '(defproject shop "0.2.0"\n  :dependencies [[org.clojure/clojure "1.11.1"]\n                 [ring/ring-jetty-adapter "1.9.0"]]\n  :main shop.core)\n',
    'src/shop/core.clj': '(ns shop.core)\n(defn -main [] (run-jetty app {:port 3001}))\n',
  });
  expect(lein).toMatchObject({
    kind: 'web',
    ports: [3001],
    build: 'lein uberjar',
    start: 'java -jar target/shop-0.2.0-standalone.jar',
  });
});

test('a Java program with a server socket is a server, on the port that it is opened with', async () => {
  const service = await onlyService({
    'pom.xml':
      '<project><groupId>a</groupId><artifactId>srv</artifactId><version>1</version><build><plugins><plugin><artifactId>maven-jar-plugin</artifactId><configuration><archive><manifest><mainClass>a.Main</mainClass></manifest></archive></configuration></plugin></plugins></build></project>',
    'src/main/java/a/Main.java':
      'class Main { public static void main(String[] a) { new ServerSocket(9876); } }\n',
  });
  expect(service).toMatchObject({ kind: 'web', ports: [9876] });
});

test('knows by Spring Boot’s version whether it tells that its process lives', async () => {
  const pom = (parent: string, managed = '') => `<project>
  ${parent}<groupId>a</groupId><artifactId>shop</artifactId><version>1</version>
  <properties><boot>3.5.1</boot></properties>
  <dependencies>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency>
    <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-actuator</artifactId></dependency>
  </dependencies>
  ${managed}
  <build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>
</project>`;
  const parent = (version: string) =>
    `<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>${version}</version></parent>`;
  const bom = `<dependencyManagement><dependencies><dependency><artifactId>spring-boot-dependencies</artifactId><version>\${boot}</version></dependency></dependencies></dependencyManagement>`;
  const told = async (text: string) => {
    const found = await onlyService({ 'pom.xml': text, 'src/main/java/App.java': application });
    return found.evidence.find(({ fact }) => fact === 'livenessPath')?.value;
  };
  expect(await told(pom(parent('4.0.1')))).toBe('/actuator/health/liveness');
  expect(await told(pom('', bom))).toBe('/actuator/health/liveness');
  expect(await told(pom(parent('2.2.9.RELEASE')))).toBeUndefined();
  expect(await told(pom(''))).toBeUndefined();
});
