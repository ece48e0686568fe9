import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>3.4.1</version>
  </parent>
  <groupId>shop</groupId>
  <artifactId>billing</artifactId>
  <version>1.0.0</version>
  <properties><java.version>21</java.version></properties>
  <dependencies>
    <dependency>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-web</artifactId>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <groupId>org.springframework.boot</groupId>
        <artifactId>spring-boot-maven-plugin</artifactId>
      </plugin>
    </plugins>
  </build>
</project>
`;

/** Small projects of five ecosystems, by name: each file's path and text. */
const projects: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  orders: {
    'package.json': JSON.stringify({
      name: 'orders',
      scripts: { start: 'node server.js' },
      dependencies: { express: '^4' },
      engines: { node: '22' },
    }),
    'package-lock.json': '{"lockfileVersion":3}',
    'server.js': "require('express')().listen(3000);\n",
  },
  reports: {
    'requirements.txt': 'flask==3.0.0\ngunicorn==22.0.0\n',
    'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
  },
  gateway: {
    'go.mod': 'module example.com/gateway\n\ngo 1.23\n',
    'main.go':
      'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":8080", nil)\n}\n',
  },
  billing: {
    'pom.xml': pom,
    'src/main/java/shop/Billing.java':
      'package shop;\n\nimport org.springframework.boot.SpringApplication;\nimport org.springframework.boot.autoconfigure.SpringBootApplication;\n\n@SpringBootApplication\npublic class Billing {\n  public static void main(String[] args) {\n    SpringApplication.run(Billing.class, args);\n  }\n}\n',
  },
  site: {
    'composer.json': JSON.stringify({ name: 'shop/site', require: { php: '^8.3' } }),
    'public/index.php': "<?php\necho 'hello';\n",
  },
};

/** Writes the five projects and gives their folders. */
export function fiveProjects(): readonly string[] {
  const parent = tempFolder();
  return Object.entries(projects).map(([name, files]) => {
    const root = join(parent, name);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return root;
  });
}
