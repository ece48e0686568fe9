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

  it('puts what kubeconform refuses on the line of its resource', async () => {
    const report = {
      resources: [
        {
          filename: 'stdin',
          kind: 'Service',
          name: 'web',
          version: 'v1',
          status: 'statusInvalid',
          msg: 'port is missing',
        },
        { kind: 'Pod', name: 'a', status: 'statusSkipped', msg: '' },
      ],
    };
    await tool(
      'kubeconform',
      `process.stdin.resume().on('end', () => { console.log(JSON.stringify(${JSON.stringify(report)})); process.exit(1); });`,
    );
    const found = await judge(
      'kubernetes',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n',
    );
    expect(found).toMatchObject([{ rule: 'kubeconform/invalid', severity: 'error', line: 7 }]);
  });

  it('reports what docker compose refuses', async () => {
    const script = `if (process.argv[3] === 'version') process.exit(0);
      console.error('validating -: services.web.port additional properties not allowed'); process.exit(15);`;
    await tool('docker', script);
    expect(await judge('compose', 'services: {}')).toMatchObject([
      { rule: 'docker-compose/config', severity: 'error', line: 1 },
    ]);
  });

  it('is silent where docker has no compose plugin, being no validator then', async () => {
    await tool(
      'docker',
      `console.error('docker: unknown command: docker compose'); process.exit(1);`,
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
