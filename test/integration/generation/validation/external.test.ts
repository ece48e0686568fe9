import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createToolFinder } from '#main/generation/validation/external/find-tool.ts';
import { runTool } from '#main/generation/validation/external/run-tool.ts';
import { validateExternally } from '#main/generation/validation/external/validate-externally.ts';
import type { FileFormat } from '#main/generation/validation/validator.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omega-tools-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A real program on a real PATH that speaks a tool's protocol. */
async function tool(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!${process.execPath}\n${script}\n`);
  await chmod(join(folder, name), 0o755);
}
const judge = (format: FileFormat, content: string) =>
  validateExternally(
    { format, content },
    new AbortController().signal,
    createToolFinder(folder, process.platform),
  );

describe.skipIf(process.platform === 'win32')('validateExternally', () => {
  it('says nothing where there is no tool', async () => {
    expect(await judge('dockerfile', 'FROM a')).toEqual([]);
  });

  it('turns what hadolint says of its input into findings', async () => {
    await tool(
      'hadolint',
      `
      let text = '';
      process.stdin.on('data', (part) => (text += part)).on('end', () => {
        const line = text.split('\\n').findIndex((one) => one.includes('latest')) + 1;
        console.log(JSON.stringify([{ line, code: 'DL3007', message: 'Using latest', column: 1, file: '-', level: 'warning' }, { line: 1, code: 'SC2086', message: 'Quote', column: 1, file: '-', level: 'info' }]));
      });`,
    );
    expect(await judge('dockerfile', '\nFROM a:latest')).toEqual([
      {
        rule: 'hadolint/DL3007',
        severity: 'warning',
        line: 2,
        message: 'Using latest',
        url: 'https://github.com/hadolint/hadolint/wiki/DL3007',
      },
      {
        rule: 'hadolint/SC2086',
        severity: 'info',
        line: 1,
        message: 'Quote',
        url: 'https://www.shellcheck.net/wiki/SC2086',
      },
    ]);
  });

  // What terraform 1.9 writes for a file on its standard input.
  const terraform = (stderr: string, code: number) =>
    tool(
      'terraform',
      `if (process.argv.slice(2).join(' ') !== 'fmt -check -no-color -') process.exit(9);
      process.stdin.resume().on('end', () => { process.stderr.write(${JSON.stringify(stderr)}); process.exit(${code}); });`,
    );

  it('puts what terraform cannot read on its line, and notes another format', async () => {
    await terraform(
      '\nError: Missing newline after argument\n\n  on <stdin> line 3, in output "a":\n   3:   value = 1 2\n\nAn argument definition must end with a newline.\n',
      2,
    );
    expect(await judge('terraform', 'output "a" {\n\n  value = 1 2\n}\n')).toMatchObject([
      { rule: 'terraform-fmt/syntax', severity: 'error', line: 3 },
    ]);
    await terraform('', 3);
    expect(await judge('terraform', 'a=1\n')).toMatchObject([
      { rule: 'terraform-fmt/format', severity: 'info', line: 1 },
    ]);
    await terraform('no such command', 1);
    expect(await judge('terraform', 'a=1\n')).toMatchObject([
      { rule: 'terraform/unusable', severity: 'info' },
    ]);
  });

  // Reports as kubeconform 0.6 wrote them.
  const said = (...resources: readonly object[]) =>
    tool(
      'kubeconform',
      `process.stdin.resume().on('end', () => { console.log(JSON.stringify(${JSON.stringify({ resources })})); process.exit(1); });`,
    );

  it('puts what kubeconform refuses on the line of its field', async () => {
    await said(
      {
        filename: 'stdin',
        kind: 'Service',
        name: 'web',
        version: 'v1',
        status: 'statusInvalid',
        msg: "problem validating schema. Check JSON formatting: jsonschema: '/spec/ports' does not validate with https://example.com/service-v1.json#/properties/spec/properties/ports/type: expected array, but got number",
        validationErrors: [
          { path: '/spec/ports', msg: 'expected array, but got number' },
          { path: '/spec', msg: "additionalProperties 'foo' not allowed" },
        ],
      },
      { kind: 'Pod', name: 'a', status: 'statusSkipped', msg: '' },
      // A name that YAML 1.1 reads as a boolean.
      { kind: 'Deployment', name: 'true', status: 'statusInvalid', msg: 'name is no text' },
    );
    const found = await judge(
      'kubernetes',
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: other\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  foo: 1\n  ports: 3\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: y\n',
    );
    const rule = { rule: 'kubeconform/invalid', severity: 'error' };
    expect(found).toMatchObject([
      {
        ...rule,
        line: 12,
        message: expect.stringMatching(/^Service web at .spec.ports: expected/),
      },
      { ...rule, line: 10 },
      { ...rule, line: 15, message: expect.stringMatching(/^Deployment true: name is no text/) },
    ]);
  });

  it('tells once that kubeconform had no schemas, and what it could not read', async () => {
    const offline = 'failed downloading schema at https://example.com/pod-v1.json: no such host';
    await said(
      { kind: 'Pod', name: 'a', status: 'statusError', msg: offline },
      { kind: 'Service', name: 'a', status: 'statusError', msg: offline },
      { kind: '', name: '', status: 'statusError', msg: "error while parsing: missing 'kind' key" },
    );
    expect(await judge('kubernetes', 'apiVersion: v1\n')).toMatchObject([
      { rule: 'kubeconform/invalid', severity: 'error', message: expect.stringMatching(/'kind'/) },
      {
        rule: 'kubeconform/unusable',
        severity: 'info',
        message: expect.stringMatching(/Pod and 1 more: failed downloading/),
      },
    ]);
  });

  const plugin = (options: string, verdict: string) =>
    tool(
      'docker',
      `if (process.argv.includes('--help')) { console.log('${options}'); process.exit(0); }
       for (const option of process.argv.filter((one) => one.startsWith('--no-')))
         if (!'${options}'.includes(option)) { console.error('unknown flag: ' + option); process.exit(16); }
       ${verdict}`,
    );

  it.each([
    "validating /-: services.web additional properties 'port' not allowed",
    'failed to parse /-: yaml: line 3: did not find expected key',
  ])('reports what docker compose refuses: %s', async (verdict) => {
    await plugin(
      '--no-interpolate --no-consistency --no-path-resolution --no-env-resolution',
      `console.error(${JSON.stringify(verdict)}); process.exit(15);`,
    );
    expect(await judge('compose', 'services: {}')).toMatchObject([
      {
        rule: 'docker-compose/config',
        severity: 'error',
        line: verdict.includes('line 3') ? 3 : 1,
      },
    ]);
  });

  it('asks an older docker compose for no more than it knows', async () => {
    await plugin('--no-interpolate --no-consistency', 'process.exit(0);');
    expect(await judge('compose', 'services: {}')).toEqual([]);
  });

  it('is silent where docker has no compose plugin, being no validator then', async () => {
    // It answers with its own help and success, and refuses the command only when it is run.
    await tool(
      'docker',
      `if (process.argv.includes('--help')) { console.log('Usage:  docker [OPTIONS] COMMAND'); process.exit(0); }
       console.error('docker: unknown command: docker compose'); process.exit(1);`,
    );
    expect(await judge('compose', 'services: {}')).toEqual([]);
  });

  it.each([
    ['crashes', 'process.abort();'],
    ['exits without a report', `console.error('boom'); process.exit(3);`],
    ['prints no JSON', `console.log('hello');`],
    [
      'floods',
      `for (;;) process.stdout.write('x'.repeat(1e5)) || require('node:fs').writeSync(1, 'x'.repeat(1e5));`,
    ],
  ])('is told of, never silent, when it %s', async (_, script) => {
    await tool('hadolint', script);
    expect(await judge('dockerfile', 'FROM a\n'.repeat(50_000))).toMatchObject([
      { rule: 'hadolint/unusable', severity: 'info' },
    ]);
  });

  it('does not look for tools in folders that depend on where it runs', async () => {
    await tool('hadolint', '');
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect(await createToolFinder('.:', process.platform)('hadolint')).toBeNull();
    } finally {
      process.chdir(before);
    }
  });
});

describe('runTool', () => {
  const hang = ['-e', 'setInterval(() => {}, 1000)'];
  it('stops a tool at its deadline', async () => {
    const { signal } = new AbortController();
    const result = await runTool(process.execPath, hang, {
      input: '',
      cwd: folder,
      signal,
      deadlineMs: 300,
    });
    expect(result).toEqual({ ok: false, reason: 'it took longer than 0.3 s' });
  });
  it('stops a tool when it is cancelled', async () => {
    const controller = new AbortController();
    const running = runTool(process.execPath, hang, {
      input: '',
      cwd: folder,
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 100);
    expect(await running).toEqual({ ok: false, reason: 'it was cancelled' });
  });
  it('tells why a tool does not start', async () => {
    const { signal } = new AbortController();
    expect(
      await runTool(join(folder, 'nothing'), [], { input: 'x', cwd: folder, signal }),
    ).toMatchObject({ ok: false });
  });
});
