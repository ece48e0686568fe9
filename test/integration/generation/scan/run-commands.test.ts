// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a placeholder of CMake is meant.
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { scanProject } from '#main/generation/scan/scan-project.ts';
import { makeProject } from '../../../unit/generation/scan/support/tree.ts';

type Stack = {
  readonly tool: string;
  readonly files: Readonly<Record<string, string>>;
};

const reply = 'HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nok';

/** Small servers of the standard library, so that nothing has to be fetched. */
const stacks: readonly Stack[] = [
  {
    tool: 'cargo',
    files: {
      'Cargo.toml': '[workspace]\nmembers = ["svc"]\nresolver = "2"\n',
      'svc/Cargo.toml': '[package]\nname = "svc"\nversion = "0.1.0"\nedition = "2021"\n',
      'svc/src/main.rs': `use std::{io::{Read, Write}, net::TcpListener};
fn main() {
    let listener = TcpListener::bind("127.0.0.1:18431").unwrap();
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        let _ = stream.read(&mut [0; 1024]);
        let _ = stream.write_all(b"${reply}");
    }
}
`,
    },
  },
  {
    tool: 'go',
    files: {
      'go.mod': 'module example.com/svc\n\ngo 1.19\n',
      'cmd/api/main.go':
        'package main\n\nimport (\n\t"net/http"\n\n\t"example.com/svc/internal/web"\n)\n\nfunc main() { http.ListenAndServe("127.0.0.1:18432", web.Handler()) }\n',
      'internal/web/web.go':
        'package web\n\nimport "net/http"\n\nfunc Handler() http.Handler {\n\treturn http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("ok")) })\n}\n',
    },
  },
  {
    tool: 'cmake',
    files: {
      'CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.10)\nproject(svc C)\nadd_executable(${PROJECT_NAME} main.c)\n',
      'main.c': `#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
int main(void) {
  int s = socket(AF_INET, SOCK_STREAM, 0), one = 1;
  setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in a = {0};
  a.sin_family = AF_INET;
  a.sin_port = htons(18433);
  bind(s, (struct sockaddr *)&a, sizeof a);
  listen(s, 8);
  for (;;) {
    char b[1024];
    int c = accept(s, 0, 0);
    read(c, b, sizeof b);
    write(c, "${reply}", 59);
    close(c);
  }
}
`,
    },
  },
  {
    tool: 'php',
    files: { 'public/index.php': "<?php echo 'ok';\n" },
  },
];

for (const { tool, files } of stacks) {
  test.skipIf(!isInstalled(tool))(
    `the commands found for ${tool} work in a plain checkout and the port answers`,
    async () => {
      const root = await makeProject(files);
      const { services } = await scanProject(root, { signal: new AbortController().signal });
      const service = services.find(({ kind }) => kind === 'web');
      if (!service?.start) throw new Error(`no web service: ${JSON.stringify(services)}`);
      const shell = (command: string, folder: string) =>
        execFileSync('sh', ['-c', command], {
          cwd: join(root, folder),
          stdio: 'pipe',
          timeout: 120_000,
        });
      if (service.install) shell(service.install, service.context);
      if (service.build) shell(service.build, service.path);
      const child = spawn('sh', ['-c', `exec ${service.start}`], {
        cwd: join(root, service.path),
        stdio: 'ignore',
      });
      try {
        expect(await answer(`http://127.0.0.1:${service.ports[0]}/`)).toBe('ok');
      } finally {
        child.kill();
      }
    },
    180_000,
  );
}

function isInstalled(tool: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${tool}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function answer(url: string): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await (await fetch(url)).text();
    } catch (error) {
      if (attempt > 100) throw error;
      await wait(100);
    }
  }
}
