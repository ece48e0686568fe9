import { expect, test } from 'vitest';
import { facts, onlyService, scanFiles } from './support/scan.ts';

const module = `module example.com/shop

go 1.23.4

require (
	github.com/jackc/pgx/v5 v5.6.0
	github.com/redis/go-redis/v9 v9.1.0
	github.com/go-chi/chi/v5 v5.1.0
)
`;

test('gives each command the ports, variables and clients of the packages it imports, and no other', async () => {
  const { services } = await scanFiles({
    'go.mod': module,
    'go.sum': '',
    'cmd/api/main.go': `package main

import (
	"net/http"

	"example.com/shop/internal/config"
	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func main() { http.ListenAndServe(config.Addr, chi.NewRouter()); pgxpool.New() }
`,
    'cmd/mail-worker/main.go': `package main

import (
	"os"
	"github.com/redis/go-redis/v9"
)

func main() { redis.NewClient(os.Getenv("REDIS_ADDR")) }
`,
    'tools/gen/main.go': 'package main\n\nfunc main() {}\n',
    'internal/config/config.go': `package config

import "os"

var secret = os.Getenv("API_SECRET")
var Addr = getEnv("LISTEN_ADDR", "0.0.0.0:9090")
var serverAddr = "0.0.0.0:9090"
`,
  });
  const byName = new Map(services.map((service) => [service.name, service]));
  expect(facts(byName.get('api') as never)).toEqual({
    name: 'api',
    path: 'cmd/api',
    context: '.',
    language: 'go',
    runtimeVersion: '1.23',
    framework: 'chi',
    packageManager: 'go',
    kind: 'web',
    install: 'go mod download',
    build: 'go build -o bin/api .',
    start: './bin/api',
    ports: [9090],
    backingServices: ['postgres'],
    env: [
      { name: 'API_SECRET', required: true, file: 'internal/config/config.go', line: 5 },
      { name: 'LISTEN_ADDR', required: false, file: 'internal/config/config.go', line: 6 },
    ],
    lockfile: 'go.sum',
    output: 'bin/api',
    healthPath: null,
    systemPackages: [],
  });
  expect(byName.get('mail-worker')).toMatchObject({
    kind: 'worker',
    backingServices: ['redis'],
    ports: [],
  });
  expect(byName.get('mail-worker')?.env.map(({ name }) => name)).toEqual(['REDIS_ADDR']);
  expect(byName.get('gen')?.kind).toBe('cli');
});

test('starts the serving subcommand of a cobra program and reads its flag for the port', async () => {
  const service = await onlyService({
    'go.mod': 'module example.com/hub\n\ngo 1.22\n\nrequire github.com/spf13/cobra v1.8.0\n',
    'main.go': 'package main\n\nimport "example.com/hub/cmd"\n\nfunc main() { cmd.Execute() }\n',
    'cmd/serve.go': `package cmd

import (
	"net/http"
	"github.com/spf13/cobra"
)

var serve = &cobra.Command{
	Use: "serve",
	Run: func() { http.ListenAndServe(addr, nil) },
}

func init() { serve.Flags().IntVarP(&port, "port", "p", 7070, "port") }
`,
  });
  expect(service).toMatchObject({ start: './bin/hub serve', ports: [7070], kind: 'web' });
  expect(service.evidence).toContainEqual({
    fact: 'ports',
    value: '7070',
    file: 'cmd/serve.go',
    line: 13,
  });
});

test('builds a workspace module that needs a sibling from the workspace root', async () => {
  const { services } = await scanFiles({
    'go.work': 'go 1.22\n\nuse (\n\t./lib\n\t./svc\n)\n',
    'lib/go.mod': 'module example.com/lib\n\ngo 1.22\n',
    'lib/lib.go': 'package lib\n\nimport "os"\n\nvar Token = os.Getenv("LIB_TOKEN")\n',
    'svc/go.mod': 'module example.com/svc\n\ngo 1.22\n\nrequire example.com/lib v0.0.0\n',
    'svc/main.go':
      'package main\n\nimport (\n\t"net/http"\n\t"example.com/lib"\n)\n\nfunc main() { http.ListenAndServe(":8081", lib.H()) }\n',
  });
  const service = services.find(({ name }) => name === 'svc');
  expect(service).toMatchObject({
    context: '.',
    path: 'svc',
    ports: [8081],
    install: 'go mod download',
  });
  expect(service?.env.map(({ name }) => name)).toEqual(['LIB_TOKEN']);
  expect(services.find(({ name }) => name === 'lib')?.kind).toBe('library');
});

test('a port that only PORT gives is set and said to be so', async () => {
  const service = await onlyService({
    'go.mod': 'module example.com/hub\n\ngo 1.22\n',
    'main.go':
      'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":"+os.Getenv("PORT"), nil) }\n',
  });
  expect(service.ports).toEqual([8080]);
  expect(service.unknowns).toContainEqual(expect.objectContaining({ fact: 'ports' }));
});

test('a command-line program that runs itself is not taken for a server', async () => {
  const service = await onlyService({
    'go.mod': 'module example.com/tidy\n\ngo 1.22\n\nrequire github.com/urfave/cli/v2 v2.27.0\n',
    'main.go':
      'package main\n\nimport (\n\t"os/exec"\n\t"github.com/urfave/cli/v2"\n)\n\nfunc main() { app.Run(os.Args); exec.Command("x").Run(); pq.Listen("jobs") }\n',
  });
  expect(service).toMatchObject({ kind: 'cli', ports: [] });
  expect(service.unknowns).toContainEqual(expect.objectContaining({ fact: 'kind' }));
});

test('opens a flag that listens on localhost by default, and says where localhost is written down', async () => {
  const service = await onlyService({
    'go.mod': 'module example.com/ask\n\ngo 1.22\n',
    'main.go': `package main

import (
	"flag"
	"net/http"
)

var addr = flag.String("http", "localhost:8080", "Listen address")

func main() { http.ListenAndServe(*addr, nil) }
`,
  });
  expect(service).toMatchObject({ ports: [8080], start: './bin/ask -http 0.0.0.0:8080' });
  expect(service.unknowns.map(({ fact }) => fact)).not.toContain('address');

  const fixed = await onlyService({
    'go.mod': 'module example.com/ask\n\ngo 1.22\n',
    'main.go':
      'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe("127.0.0.1:8080", nil) }\n',
  });
  expect(fixed.unknowns).toContainEqual({
    fact: 'address',
    reason: expect.stringContaining('main.go:5 listens on localhost'),
  });
});

test('reads a port from a variable whose name ends in PORT, whatever stands before it', async () => {
  for (const [name, port] of [
    ['SERVERPORT', 9020],
    ['WHOAMI_PORT_NUMBER', 80],
  ] as const) {
    const service = await onlyService({
      'go.mod': 'module example.com/rag\n\ngo 1.22\n',
      'main.go': `package main

import "net/http"

func main() { http.ListenAndServe(":"+getEnv("${name}", "${port}"), nil) }
`,
    });
    expect(service.ports).toEqual([port]);
  }
});

test('a project with a vendor folder downloads nothing', async () => {
  const service = await onlyService({
    'go.mod': module,
    'main.go':
      'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":80", nil) }\n',
    'vendor/modules.txt': '# github.com/go-chi/chi/v5 v5.1.0\n',
  });
  expect(service.install).toBeNull();
});
