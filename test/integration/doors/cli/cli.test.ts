import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { runCli } from '#main/doors/cli/run-cli.ts';
import { scanResultSchema } from '#shared/scan.ts';
import { cliEntry } from '#test/support/cli-entry.ts';
import { snapshot, tempFolder } from '#test/support/temp-folder.ts';

/** The command as a process of its own, with a data folder of its own. */
function commandLine() {
  const home = tempFolder();
  const start = (args: readonly string[], cwd = home) =>
    spawn(process.execPath, [cliEntry, ...args], {
      cwd,
      env: { ...process.env, OMEGA_HOME: home, NO_COLOR: undefined, FORCE_COLOR: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const omega = async (args: readonly string[], cwd?: string) => {
    const child = start(args, cwd);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    return { code, stdout, stderr };
  };
  return { home, start, omega };
}

/** The same within this process, for what ends before anything is done: a process takes longer to start than that. */
async function omegaHere(args: readonly string[]) {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((chunk, ...more) => {
      said[name] += String(chunk);
      for (const one of more) if (typeof one === 'function') one();
      return true;
    });
  }
  vi.stubEnv('OMEGA_HOME', tempFolder());
  try {
    return { code: await runCli(args), ...said };
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  }
}

/** The state of the one run in a store, read beside the process that works on it. */
function runState(home: string): string | null {
  const file = join(home, 'omega.db');
  if (!existsSync(file)) return null;
  const db = new Sqlite(file);
  try {
    const row = db.prepare<[], { state: string }>('SELECT state FROM runs').get();
    return row?.state ?? null;
  } catch {
    // The schema is not there yet.
    return null;
  } finally {
    db.close();
  }
}

/** A small Express service that the real scanner knows. */
function shop(): string {
  const root = join(tempFolder(), 'shop');
  mkdirSync(root);
  const manifest = {
    name: 'shop',
    scripts: { start: 'node server.js' },
    dependencies: { express: '5' },
  };
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({ lockfileVersion: 3, packages: {} }),
  );
  writeFileSync(join(root, 'server.js'), "require('express')().listen(3000);\n");
  return root;
}

describe('omega', () => {
  it('asks memory for every run but one with --no-memory', async () => {
    const { omega } = commandLine();
    const root = shop();
    const asked = async (...more: string[]) => {
      const { stdout } = await omega(['generate', root, '--kinds', 'compose', '--json', ...more]);
      return (JSON.parse(stdout) as { run: { request: { memory: boolean } } }).run.request.memory;
    };
    expect(await asked()).toBe(true);
    expect(await asked('--no-memory')).toBe(false);
  });

  it('explains its own rules, even where the data folder cannot be used', async () => {
    const { home, omega } = commandLine();
    const folder = tempFolder();
    const file = join(folder, 'notes.txt');
    writeFileSync(file, '');
    expect((await omega(['validate', file])).stdout).toContain('omega explain omega/format');
    rmSync(home, { recursive: true });
    writeFileSync(home, 'a file in the place of the data folder');
    expect((await omega(['history'], folder)).code).not.toBe(0);
    const explained = await omega(['explain', 'omega/format', '--json'], folder);
    expect(JSON.parse(explained.stdout)).toMatchObject({
      rule: 'omega/format',
      todo: expect.stringContaining('usual name'),
    });
    expect(await omega(['explain', 'dockerfile/syntax'], folder)).toMatchObject({ code: 2 });
  });

  it('scan --json prints exactly a scan result, and a broken pipe is no error', async () => {
    const { omega, start } = commandLine();
    const root = shop();
    const { code, stdout, stderr } = await omega(['scan', root, '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const scan = scanResultSchema.strict().parse(JSON.parse(stdout));
    expect(scan).toMatchObject({ root, services: [{ name: 'shop', ports: [3000] }] });
    const child = start(['scan', root, '--json']);
    child.stdout.destroy();
    const [broken] = await once(child, 'close');
    expect(broken).toBe(0);
  });

  it('config shows, changes and refuses settings, and names what cannot be used', async () => {
    const { home, omega } = commandLine();
    expect(await omega(['config', 'set', 'async.concurrency', '9'])).toMatchObject({
      code: 0,
      stdout: 'async.concurrency = 9\n',
    });
    expect((await omega(['config', 'get', 'async.concurrency'])).stdout).toBe('9\n');
    const wrong = await omega(['config', 'set', 'async.concurrency', 'lots']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('takes a whole number from 1 to 32, not "lots"');
    expect((await omega(['config', 'get', 'no.such'])).code).toBe(2);
    writeFileSync(join(home, 'config.yaml'), 'async:\n  concurrency: lots\n');
    const listed = await omega(['config', 'list']);
    expect(listed.code).toBe(1);
    expect(listed.stderr).toContain('async.concurrency: It takes a whole number');
    expect(listed.stdout).toContain('OMEGA_ASYNC_CONCURRENCY or MAX_CONCURRENT_REQUESTS');
    expect(JSON.parse((await omega(['config', '--json'])).stdout).problems).toHaveLength(1);
  });

  it('generate, apply, history and undo go round to the same bytes', async () => {
    const { omega } = commandLine();
    const root = shop();
    const before = snapshot(root);
    const generated = await omega(['generate', root, '--json']);
    expect(generated.code).toBe(0);
    const { run, proposals } = JSON.parse(generated.stdout);
    expect(run.state).toBe('completed');
    expect(proposals.map(({ path }: { path: string }) => path).sort()).toEqual([
      '.dockerignore',
      'Dockerfile',
      'compose.yaml',
      'k8s/shop.yaml',
    ]);
    expect(snapshot(root)).toEqual(before);
    const dry = await omega(['apply', run.id, '--dry-run']);
    expect(dry.stdout).toContain('would write Dockerfile');
    expect(snapshot(root)).toEqual(before);
    expect((await omega(['apply', run.id])).code).toBe(0);
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toContain('FROM node');
    expect((await omega(['validate', root])).code).toBe(0);
    const history = JSON.parse((await omega(['history', root, '--json'])).stdout);
    expect(history.checkpoints).toHaveLength(1);
    expect(history.runs).toMatchObject([{ id: run.id, jobs: 3 }]);
    const undone = await omega(['undo'], root);
    expect(undone.code).toBe(0);
    expect(snapshot(root)).toEqual(before);
    expect((await omega(['undo', '--last', root])).code).toBe(2);
  });

  it('generate --dry-run shows the diffs and writes nothing', async () => {
    const { omega } = commandLine();
    const root = shop();
    writeFileSync(join(root, 'Dockerfile'), 'FROM mine\n');
    const before = snapshot(root);
    const { code, stdout } = await omega([
      'generate',
      root,
      '--write',
      '--dry-run',
      '--kinds',
      'dockerfile',
      '--existing',
      'replace',
    ]);
    expect(stdout).toContain('-FROM mine');
    expect(stdout).toContain('skipped Dockerfile');
    expect(stdout).not.toContain('\u001b');
    expect(code).toBe(3);
    expect(snapshot(root)).toEqual(before);
  });

  it('does not overwrite a file that is not its own unless it is told to', async () => {
    const { omega } = commandLine();
    const root = shop();
    writeFileSync(join(root, 'Dockerfile'), 'FROM mine\n');
    const anew = ['--kinds', 'dockerfile', '--existing', 'replace'];
    const kept = await omega(['generate', root, '--apply', ...anew]);
    expect(kept.code).toBe(3);
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe('FROM mine\n');
    const replaced = await omega(['generate', root, '--write', '--overwrite', ...anew]);
    expect(replaced.code).toBe(0);
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toContain('FROM node');
    writeFileSync(join(root, 'Dockerfile'), 'FROM changed\n');
    const refused = await omega(['undo', '--last', root, '--json']);
    expect(refused.code).toBe(3);
    const [first] = JSON.parse(refused.stdout).outcomes.filter(
      ({ status }: { status: string }) => status === 'refused',
    );
    expect(first).toMatchObject({ path: 'Dockerfile', code: 'CONFLICT' });
    expect(first.diff).toContain('+FROM changed');
  });

  it('--out writes to another folder, one for each project, and never through a link', async () => {
    const { omega } = commandLine();
    const [one, two] = [shop(), shop()];
    const before = snapshot(one);
    const out = join(tempFolder(), 'out');
    const args = ['generate', one, two, '--kinds', 'dockerfile', '--out', out];
    expect((await omega(args)).code).toBe(0);
    const written = snapshot(out);
    expect(Object.keys(written)).toContain('shop/Dockerfile');
    expect(Object.keys(written)).toContain('shop-2/Dockerfile');
    expect(snapshot(one)).toEqual(before);
    writeFileSync(join(out, 'shop', 'Dockerfile'), 'mine');
    expect((await omega(args)).code).toBe(3);
    expect(readFileSync(join(out, 'shop', 'Dockerfile'), 'utf8')).toBe('mine');
    const trap = join(tempFolder(), 'trap');
    mkdirSync(trap);
    const target = join(tempFolder(), 'target');
    symlinkSync(target, join(trap, 'Dockerfile'));
    const trapped = await omega(['generate', one, '--kinds', 'dockerfile', '--out', trap]);
    expect(trapped.code).toBe(3);
    expect(existsSync(target)).toBe(false);
  });

  it('validate tells errors by its exit code', async () => {
    const { omega } = commandLine();
    const file = join(tempFolder(), 'Dockerfile');
    writeFileSync(file, 'FORM node\n');
    const { code, stdout } = await omega(['validate', file, '--json']);
    expect(code).toBe(1);
    const [report] = JSON.parse(stdout).reports;
    expect(report.findings[0]).toMatchObject({ severity: 'error', line: 1 });
  });

  it.each([
    [[]],
    [['nonsense']],
    [['scan']],
    [['scan', '/nowhere/at/all']],
    [['generate', '.', '--kinds', 'ansible']],
    [['generate', '.', '--artifacts', 'all', '--flavour', 'openshift']],
    [['generate', '.', '--concurrency', '65']],
    [['generate', '.', '--write', '--out', 'x']],
    [['apply', 'no-such-run']],
    [['undo', 'no-such-checkpoint']],
    [['undo', 'x', '--last', '.']],
  ])('%j is wrong usage', async (args) => {
    const { code, stdout, stderr } = await omegaHere(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toContain('    at ');
    expect(stderr).not.toBe('');
  });

  it('with --json an error is a document, too', async () => {
    const { omega } = commandLine();
    const { stdout, stderr } = await omega(['scan', '/nowhere', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(stderr).toContain('/nowhere');
  });

  it('Ctrl-C stops a run and leaves nothing half-written', async () => {
    const { start, home } = commandLine();
    const root = tempFolder();
    for (let index = 0; index < 150; index += 1) {
      const folder = join(root, `shop-${index}`);
      mkdirSync(folder);
      const manifest = {
        name: `shop-${index}`,
        scripts: { start: 'node .' },
        dependencies: { express: '5' },
      };
      writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    }
    const before = snapshot(root);
    const child = start(['generate', root, '--write', '--no-async', '--json']);
    let stdout = '';
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    await expect.poll(() => runState(home), { timeout: 20_000, interval: 5 }).toBe('running');
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect(code).toBe(130);
    expect(JSON.parse(stdout).run.state).toBe('cancelled');
    expect(snapshot(root)).toEqual(before);
  });

  it('shows control characters of file names instead of obeying them', async () => {
    const { omega } = commandLine();
    const root = join(tempFolder(), 'evil\u001b[31m');
    mkdirSync(root);
    const { stdout } = await omega(['scan', root]);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('evil\\x1b[31m');
  });
});
