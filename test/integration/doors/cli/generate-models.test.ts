import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mostAtOnce } from '#test/stand-ins/log-figures.ts';
import { type SentChange, spawnStandIn } from '#test/stand-ins/spawn-stand-in.ts';
import { filesWith } from '#test/support/grep-files.ts';
import { omega } from '#test/support/omega-process.ts';
import { manyServices, standInEnvironment } from '#test/support/stand-in-app.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** The command and the server of the models, each a process of its own. */
async function opened(change: SentChange = {}, services = 3) {
  const standIn = await spawnStandIn(change);
  onTestFinished(() => standIn.close());
  const home = tempFolder();
  const root = manyServices(services);
  const env = { ...standInEnvironment(standIn), OMEGA_PROVIDERS_REPAIR_ROUNDS: '0' };
  const run = async (args: string) => {
    await standIn.clearLog();
    const said = await omega(home, ['generate', root, ...args.split(' ')], undefined, { env });
    const entries = await standIn.log();
    return { ...said, entries, calls: entries.filter(({ request }) => request !== null) };
  };
  return { run, root, home, env };
}

describe('omega generate by a model', { timeout: 180_000 }, () => {
  it('makes the files, says what that took, and takes them from the cache until told not to', async () => {
    const { run } = await opened({ latencyMs: 200 });
    const base = '--kinds dockerfile --provider openai --model gpt-4.1-mini';
    const first = await run(`${base} --concurrency 3`);
    expect(first.calls).toHaveLength(3);
    expect(first.calls.every(({ request }) => request?.model === 'gpt-4.1-mini')).toBe(true);
    expect(first.stdout).toContain('service-2/Dockerfile');
    expect(first.stderr).toMatch(/: 3 of 3 jobs done\.$/m);
    const took =
      /^3 calls, [\d.]+k tokens in, \d+ out, \$[\d.]+; ([\d.]+) s, one after the other ([\d.]+) s\.$/m;
    const [, wall, sum] = took.exec(first.stderr) ?? expect.unreachable(first.stderr);
    expect(Number(wall)).toBeLessThanOrEqual(Number(sum));
    const again = await run(base);
    expect(again.calls).toHaveLength(0);
    expect(again.stderr).toMatch(/^3 calls, 3 from the cache, 0 tokens in, 0 out, \$0\.00;/m);
    expect((await run(`${base} --no-cache`)).calls).toHaveLength(3);
    expect((await run(`${base} --refresh`)).calls).toHaveLength(3);
    const sync = await run(`${base} --no-cache --sync`);
    expect(sync.calls).toHaveLength(3);
    expect(mostAtOnce(sync.calls)).toBe(1);
    expect((await run(`${base} --no-cache --batch 3`)).calls).toHaveLength(1);
  });

  it('--show-prompt sends nothing, and shows no secret of the project', async () => {
    const { run, root, home } = await opened();
    const secret = 'q8Zt3WmK0vR5xYb2';
    writeFileSync(join(root, 'service-1/.env'), `PAYMENT_PASSWORD=${secret}\n`);
    appendFileSync(
      join(root, 'service-1/server.js'),
      `const password = '${secret}';\nconst url = 'postgres://shop:${secret}@db/shop';\n`,
    );
    const wanted = '--kinds dockerfile --services service-1 --provider openai --model gpt-4.1';
    const shown = await run(`${wanted} --show-prompt`);
    expect(shown.code).toBe(0);
    // Not even the list of models is asked for.
    expect(shown.entries).toEqual([]);
    expect(shown.stderr).toMatch(
      /^To openai, gpt-4\.1: about \d+ tokens, \d+ source files\. Nothing was sent\.$/m,
    );
    expect(shown.stderr).toMatch(/^ {2}service-1\/server\.js: \d+ characters$/m);
    expect(shown.stderr).toMatch(/^ {2}service-1\/server\.js:\d+: left out/m);
    expect(shown.stdout + shown.stderr).not.toContain(secret);
    expect(filesWith(home, secret)).toEqual([]);
    // What it shows is what is sent.
    const sent = await run(wanted);
    const { request } = sent.calls[0] ?? expect.unreachable();
    expect(JSON.stringify(request)).not.toContain(secret);
    for (const line of request?.prompt.split('\n') ?? []) expect(shown.stdout).toContain(line);
  });

  it('--budget pauses and says how to go on; more of it ends the run', async () => {
    const { run, home, env } = await opened();
    const paused = await run('--kinds dockerfile --provider openai --sync --budget 0.006');
    expect(paused.code).toBe(1);
    const asked = paused.calls.length;
    expect(asked).toBeLessThan(3);
    const [, id = ''] = /omega resume (\S+)/.exec(paused.stderr) ?? [];
    expect(paused.stderr).toMatch(/budget of \$0\.006/);
    const resumed = await omega(home, ['resume', id, '--budget', '1'], undefined, { env });
    expect(resumed).toMatchObject({ stderr: expect.stringContaining('3 of 3 jobs done') });
  });

  it('--ensemble asks its members; a provider that is away drops out or is replaced', async () => {
    const { run, root, env } = await opened({}, 1);
    const many = await run(
      '--kinds dockerfile --provider openai --ensemble balanced --members openai,anthropic,gemini',
    );
    const asked = many.calls.map(({ request }) => request?.protocol);
    expect(asked.toSorted()).toEqual(['anthropic', 'gemini', 'openai']);
    const away = { ...env, OMEGA_PROVIDERS_OPENAI_URL: 'http://127.0.0.1:9/v1' };
    const args = '--kinds dockerfile --provider openai --model gpt-4.1 --fallbacks ollama --json';
    const said = await omega(tempFolder(), ['generate', root, ...args.split(' ')], undefined, {
      env: away,
    });
    const { run: made, proposals } = JSON.parse(said.stdout);
    expect(made.state).toBe('completed');
    expect(proposals[0].provenance.origin).toMatchObject({ provider: 'ollama' });
  });

  it('a key that is missing is said, with what to do, and exits with 1', async () => {
    const { root, env } = await opened({}, 1);
    const without = { ...env, OPENAI_API_KEY: '' };
    const args = ['generate', root, '--kinds', 'dockerfile', '--provider', 'openai'];
    const { code, stderr } = await omega(tempFolder(), args, undefined, { env: without });
    expect(code).toBe(1);
    expect(stderr).toContain('omega keys set openai');
  });
});
