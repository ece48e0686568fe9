import { expect, test } from 'vitest';
import { runtimeEnv } from '#main/generation/blueprints/env-class.ts';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { facts, onlyService, scanFiles } from './support/scan.ts';

test('reads a workspace: inherited versions, features as clients, binaries below one target folder', async () => {
  const { services } = await scanFiles({
    'Cargo.toml': `[workspace]
members = ["crates/*"]

[workspace.package]
rust-version = "1.78"

[workspace.dependencies]
sqlx = { version = "0.8", features = ["postgres"] }
`,
    'Cargo.lock': 'version = 4\n',
    'crates/core/Cargo.toml': '[package]\nname = "core-lib"\nversion = "0.1.0"\n',
    'crates/core/src/lib.rs': 'pub fn url() -> String { std::env::var("DATABASE_URL").unwrap() }\n',
    'crates/api/Cargo.toml': `[package]
name = "api"
version = "0.1.0"
rust-version.workspace = true

[dependencies]
axum = "0.8"
sqlx = { workspace = true }
core-lib = { path = "../core" }
`,
    'crates/api/src/main.rs': `use axum::Router;

#[tokio::main]
async fn main() {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:3000").await.unwrap();
    axum::serve(listener, Router::new()).await.unwrap();
}
`,
    'crates/api/src/bin/migrate.rs': 'fn main() {}\n',
  });
  const api = services.find(({ name }) => name === 'api');
  expect(facts(api as never)).toEqual({
    test: 'cargo test --locked',
    name: 'api',
    path: 'crates/api',
    context: '.',
    language: 'rust',
    runtimeVersion: '1.78',
    framework: 'axum',
    packageManager: 'cargo',
    kind: 'web',
    install: 'cargo fetch --locked',
    build: 'cargo build --release --locked --bin api',
    start: '../../target/release/api',
    ports: [3000],
    backingServices: ['postgres'],
    env: [{ name: 'DATABASE_URL', required: true, file: 'crates/core/src/lib.rs', line: 1 }],
    lockfile: 'Cargo.lock',
    output: '../../target/release/api',
    healthPath: null,
    systemPackages: [],
  });
  expect(services.find(({ name }) => name === 'migrate')?.kind).toBe('job');
  expect(services.find(({ name }) => name === 'core-lib')?.kind).toBe('library');
});

test('takes the version from the toolchain file before the manifest, and says what a nightly leaves open', async () => {
  const files = {
    'Cargo.toml': '[package]\nname = "x"\nversion = "1.0.0"\nrust-version = "1.70"\n',
    'src/main.rs': 'fn main() {}\n',
  };
  const pinned = await scanFiles({
    ...files,
    'rust-toolchain.toml': '[toolchain]\nchannel = "1.82.0"\n',
  });
  expect(pinned.services[0]?.runtimeVersion).toBe('1.82');
  const nightly = await scanFiles({ ...files, 'rust-toolchain': 'nightly-2024-01-01\n' });
  expect(nightly.services[0]?.unknowns).toContainEqual(
    expect.objectContaining({ fact: 'runtimeVersion', reason: expect.stringContaining('nightly') }),
  );
});

test('Rocket listens where Rocket.toml says, else on its own port', async () => {
  const files = {
    'Cargo.toml': '[package]\nname = "x"\nversion = "1.0.0"\n[dependencies]\nrocket = "0.5"\n',
    'src/main.rs': '#[launch]\nfn rocket() -> _ { rocket::build() }\n',
  };
  expect((await scanFiles(files)).services[0]).toMatchObject({ kind: 'web', ports: [8000] });
  const set = await scanFiles({ ...files, 'Rocket.toml': '[default]\nport = 9001\n' });
  expect(set.services[0]?.evidence).toContainEqual({
    fact: 'ports',
    value: '9001',
    file: 'Rocket.toml',
    line: 2,
  });
});

test('a crate that refuses to build without a feature gets the one that its message names', async () => {
  const service = await onlyService({
    'Cargo.toml':
      '[package]\nname = "vault"\nversion = "0.1.0"\n[features]\ndefault = [\n  # "sqlite",\n]\nmysql = []\nsqlite = []\n[dependencies]\nrocket = "0.5"\n',
    'build.rs':
      'fn main() {\n    #[cfg(not(any(feature = "mysql", feature = "sqlite")))]\n    compile_error!(\n        "You need a database. Do: cargo build --features sqlite"\n    );\n}\n',
    'src/main.rs': '#[launch]\nfn rocket() -> _ { rocket::build() }\n',
    'docker/Dockerfile.debian':
      'FROM debian\nENV ROCKET_ADDRESS=0.0.0.0 \\\n    ROCKET_PORT=80 \\\n    DEBIAN_FRONTEND=noninteractive\nEXPOSE 80\n',
  });
  expect(service.build).toBe('cargo build --release --features sqlite');
  expect(service.unknowns).toContainEqual({
    fact: 'build',
    reason: expect.stringContaining('build.rs:2 asks for one of the features mysql, sqlite'),
  });
  // The author's image is what runs; where another does, it is told the same by the same variable.
  expect(service.ports).toEqual([80]);
  const at = { file: 'docker/Dockerfile.debian', line: 3 };
  expect(service.evidence).toContainEqual({ fact: 'portVariable', value: 'ROCKET_PORT', ...at });
  // The author's image sets it, and so does one of ours.
  expect(runtimeEnv(service, 80)).toEqual({});
});

test('the image of a Rocket program listens on all addresses', async () => {
  const scan = await scanFiles({
    'Cargo.toml': '[package]\nname = "hi"\nversion = "0.1.0"\n[dependencies]\nrocket = "0.5"\n',
    'src/main.rs': '#[launch]\nfn rocket() -> _ { rocket::build() }\n',
  });
  const [service] = scan.services;
  if (!service) throw new Error('the scan found no service');
  const [dockerfile] = generateArtifacts('dockerfile', scan, service);
  expect(dockerfile?.content).toMatch(/ENV ROCKET_ADDRESS=0\.0\.0\.0 \\\n\s+ROCKET_PORT=8000/);
});

test('the shell of a desktop app is no service', async () => {
  const service = await onlyService({
    'src-tauri/Cargo.toml': '[package]\nname = "shell"\nversion = "0.1.0"\n',
    'src-tauri/src/main.rs': 'fn main() { std::net::TcpListener::bind("127.0.0.1:0"); }\n',
    'src-tauri/tauri.conf.json': '{}',
  });
  expect(service.kind).toBe('cli');
});
