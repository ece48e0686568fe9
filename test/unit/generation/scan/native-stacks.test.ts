// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a placeholder of CMake is meant.
import { expect, test } from 'vitest';
import { json, onlyService, scanFiles } from './support/scan.ts';

test('Vapor serves on the port that its command names', async () => {
  const service = await onlyService({
    'Package.swift':
      '// swift-tools-version:5.9\nlet package = Package(\n  name: "shop",\n  dependencies: [.package(url: "https://github.com/vapor/vapor.git", from: "4.0.0")],\n  targets: [.executableTarget(name: "App")]\n)\n',
    'Sources/App/configure.swift': 'let db = Environment.get("DATABASE_HOST") ?? "localhost"\n',
  });
  expect(service).toMatchObject({
    language: 'swift',
    runtimeVersion: '5.9',
    framework: 'vapor',
    build: 'swift build -c release --product App',
    start: './.build/release/App serve --env production --hostname 0.0.0.0 --port 8080',
    ports: [8080],
    env: [{ name: 'DATABASE_HOST', required: false, file: 'Sources/App/configure.swift', line: 1 }],
  });
});

test('Dart with shelf is compiled; Flutter for the web leaves static files', async () => {
  const shelf = await onlyService({
    'pubspec.yaml': 'name: shop\nenvironment:\n  sdk: ^3.4.0\ndependencies:\n  shelf: ^1.4.0\n',
    'bin/server.dart': "final port = int.parse(Platform.environment['PORT'] ?? '8090');\n",
  });
  expect(shelf).toMatchObject({
    runtimeVersion: '3.4',
    ports: [8090],
    start: './bin/server',
    kind: 'web',
  });
  const flutter = await onlyService({
    'pubspec.yaml': 'name: ui\ndependencies:\n  flutter:\n    sdk: flutter\n',
    'web/index.html': '<html></html>',
  });
  expect(flutter).toMatchObject({
    kind: 'static',
    build: 'flutter build web --release',
    output: 'build/web',
  });
});

test('Haskell, Crystal and Zig programs: their executables, frameworks and ports', async () => {
  const haskell = await onlyService({
    'stack.yaml': 'resolver: lts-22.0\n',
    'package.yaml':
      'name: api\ndependencies:\n- base\n- scotty\nexecutables:\n  api-exe:\n    main: Main.hs\n',
    'app/Main.hs': 'main = scotty 3003 $ get "/" $ text "x"\n',
  });
  expect(haskell).toMatchObject({
    framework: 'scotty',
    ports: [3003],
    build: 'stack install --local-bin-path bin',
    start: './bin/api-exe',
    packageManager: 'stack',
  });
  const crystal = await onlyService({
    'shard.yml':
      'name: api\ncrystal: ">= 1.9.0"\ntargets:\n  api:\n    main: src/api.cr\ndependencies:\n  kemal:\n    github: kemalcr/kemal\n  pg:\n    github: will/crystal-pg\n',
    'src/api.cr': 'Kemal.run 3005\n',
  });
  expect(crystal).toMatchObject({
    framework: 'kemal',
    ports: [3005],
    backingServices: ['postgres'],
    runtimeVersion: '1.9',
  });
  const zig = await onlyService({
    'build.zig':
      'pub fn build(b: *std.Build) void {\n  const exe = b.addExecutable(.{ .name = "api", .root = x });\n}\n',
    'build.zig.zon':
      '.{ .name = .api, .minimum_zig_version = "0.13.0", .dependencies = .{ .zap = .{} } }\n',
    'src/main.zig': 'var l = zap.HttpListener.init(.{ .port = 3006 });\n',
  });
  expect(zig).toMatchObject({
    framework: 'zap',
    ports: [3006],
    start: './zig-out/bin/api',
    runtimeVersion: '0.13.0',
  });
});

test('CMake: the programs of the whole tree, without its tests', async () => {
  const { services } = await scanFiles({
    'CMakeLists.txt':
      'project(shop CXX)\nfind_package(Crow)\nadd_subdirectory(server)\nadd_executable(shop_tests t.cpp)\n',
    'server/CMakeLists.txt': 'add_executable(${PROJECT_NAME} main.cpp)\n',
    'server/main.cpp': 'int main() { app.port(18080).run(); auto k = std::getenv("KEY"); }\n',
  });
  expect(services).toHaveLength(1);
  expect(services[0]).toMatchObject({
    name: 'shop',
    language: 'cpp',
    framework: 'crow',
    ports: [18080],
    start: './build/server/shop',
  });
});

test('static sites: generators by their folders, plain pages where no other stack owns them', async () => {
  const { services } = await scanFiles({
    'blog/hugo.toml': 'title = "x"\n',
    'book/book.toml': '[book]\ntitle = "x"\n[build]\nbuild-dir = "html"\n',
    'land/index.html': '<html></html>',
    'land/about/index.html': '<html></html>',
    'api/go.mod': 'module a\n\ngo 1.22\n',
    'api/web/index.html': '<html></html>',
  });
  const sites = services.filter(({ kind }) => kind === 'static');
  expect(sites.map(({ path, framework, output }) => [path, framework, output])).toEqual([
    ['blog', 'hugo', 'public'],
    ['book', 'mdbook', 'html'],
    ['land', null, '.'],
  ]);
});

test('a name from a manifest cannot break out of the commands made with it', async () => {
  const service = await onlyService({
    'shard.yml': 'name: x\ntargets:\n  "a; rm -rf ~":\n    main: src/a.cr\n',
  });
  expect(service.build).toBe("shards build 'a; rm -rf ~' --release --production");
  expect(service.start).toBe("'./bin/a; rm -rf ~'");
});

test('a Makefile names its program in a variable, or the start stays unknown', async () => {
  const main = 'int main() { listen(s, 1); a = htons(7777); }\n';
  const named = await onlyService({
    Makefile: 'CC=gcc\nTARGET = bin/echo\nall:\n\tcc\n',
    'main.c': main,
  });
  expect(named).toMatchObject({
    language: 'c',
    kind: 'web',
    build: 'make',
    start: './bin/echo',
    ports: [7777],
  });
  const silent = await onlyService({ Makefile: 'all:\n\tcc main.c\n', 'main.c': main });
  expect(silent.start).toBeNull();
  expect(silent.unknowns).toContainEqual(expect.objectContaining({ fact: 'start' }));
});

test('a C server takes no port from its tests, examples and copies of other projects', async () => {
  const { services, ignored } = await scanFiles({
    'CMakeLists.txt':
      'project(web C)\noption(WEB_BUILD_TESTING "Tests" ON)\nadd_subdirectory(src)\n',
    'include/web.h': '/*\n   "listening_ports","80",\n*/\nchar *home = getenv("WEB_ROOT");\n',
    'src/CMakeLists.txt':
      'add_executable(web main.c)\nset_target_properties(web PROPERTIES\n  OUTPUT_NAME "webd"\n)\n',
    'src/main.c':
      'options[] = {"listening_ports", MG_CONFIG_TYPE_STRING_LIST, "8080"};\nlisten(fd, 5);\n',
    'unittest/a.c': 'a.port(9091);\nx = htons(9092);\n',
    'examples/b.c': 'x = htons(9093);\n',
    'src/third_party/duk/debug.js': "require('express')().listen(9094)\n",
    'src/third_party/duk/package.json': json({
      name: 'duk',
      scripts: { start: 'node debug.js' },
      dependencies: { express: '1' },
    }),
    build: '#!/bin/sh\n',
  });
  expect(services).toHaveLength(1);
  expect(services[0]).toMatchObject({
    kind: 'web',
    ports: [8080],
    env: [{ name: 'WEB_ROOT', required: false, file: 'include/web.h', line: 4 }],
    build:
      'cmake -B build-release -DCMAKE_BUILD_TYPE=Release -DWEB_BUILD_TESTING=OFF && cmake --build build-release -j',
    start: './build-release/src/webd',
  });
  expect(ignored).toContainEqual({
    path: 'src/third_party/duk',
    kind: 'set-aside',
    reason: 'sources of others, copied into the project',
  });
});

test('a package named demo or example is source like any other', async () => {
  const service = await onlyService({
    'Cargo.toml': '[package]\nname = "hello"\nversion = "0.1.0"\n',
    'src/demo/main.rs': '',
    'src/main.rs':
      'fn main() { let l = std::net::TcpListener::bind("127.0.0.1:7878").unwrap(); }\n',
  });
  expect(service).toMatchObject({ kind: 'web', ports: [7878] });
  expect(service.unknowns.map(({ fact }) => fact)).toContain('address');
});

test('a Makefile without variables tells its program by its first rule', async () => {
  const service = await onlyService({
    Makefile: 'CC?=cc\n\nall: darkd\n\ndarkd: darkd.c\n\t$(CC) darkd.c -o $@\n',
    'darkd.c': 'int main() { listen(fd, 1); }\n',
  });
  expect(service).toMatchObject({ kind: 'web', build: 'make', start: './darkd', output: 'darkd' });
});
