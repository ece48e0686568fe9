import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigStore } from '#main/core/config/config-store.ts';
import type { Environment } from '#main/core/config/environment.ts';
import type { ConfigView } from '#shared/config.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

async function open(text: string | null, env: Environment = {}, watch = true) {
  const folder = tempFolder();
  const file = join(folder, 'config.yaml');
  if (text !== null) writeFileSync(file, text);
  const seen: ConfigView[] = [];
  const errors: unknown[] = [];
  const store = await ConfigStore.open({
    folder,
    env,
    watch,
    onChange: (view) => seen.push(view),
    onError: (error) => errors.push(error),
  });
  onTestFinished(() => store.dispose());
  seen.length = 0;
  return { store, file, seen, errors };
}

describe('the configuration', () => {
  it('takes up an edit of the file, once for each edit', async () => {
    const { store, file, seen } = await open(null);
    const heard: number[] = [];
    store.listen((next, previous) =>
      heard.push(previous.async.concurrency, next.async.concurrency),
    );
    writeFileSync(file, 'async:\n  concurrency: 9\n  enabled: false\n');
    await expect.poll(() => store.current.async).toMatchObject({ concurrency: 9, enabled: false });
    writeFileSync(file, 'async:\n  concurrency: 2\n');
    await expect.poll(() => store.current.async).toMatchObject({ concurrency: 2, enabled: true });
    rmSync(file);
    await expect.poll(() => store.current.async.concurrency).toBe(3);
    expect(heard).toEqual([3, 9, 9, 2, 2, 3]);
    expect(seen).toHaveLength(3);
  });

  it('keeps the old values while an edit cannot be used, and says what is wrong', async () => {
    const { store, file, seen } = await open('async:\n  concurrency: 9\nui:\n  theme: dark\n');
    writeFileSync(file, 'async:\n  concurrency: lots\nui:\n  theme: light\n');
    await expect
      .poll(() => store.view.problems.map(({ field }) => field))
      .toEqual(['async.concurrency']);
    expect(store.current.async.concurrency).toBe(9);
    expect(store.current.ui.theme).toBe('light');
    writeFileSync(file, 'async: [\n');
    await expect.poll(() => store.view.problems[0]?.message).toMatch(/^Line \d+, column/);
    expect(store.current.async.concurrency).toBe(9);
    expect(store.current.ui.theme).toBe('light');
    expect(seen).toHaveLength(2);
  });

  it('is changed by hand and by the app without losing either', async () => {
    const { store, file, seen } = await open('# mine\nui:\n  theme: dark\n');
    await Promise.all([
      store.set({ 'async.concurrency': 9 }),
      store.set({ 'run.kinds': ['compose'] }),
    ]);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^# mine\nui:\n {2}theme: dark\n/);
    expect(store.view.sources['run.kinds']).toEqual({ from: 'file' });
    expect(store.current.ui.theme).toBe('dark');
    expect(seen).toHaveLength(2);
    // The watcher sees our own writes; they change nothing, so nobody is told again.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(seen).toHaveLength(2);
  });

  it('refuses to change what the environment sets, and changes none of the others', async () => {
    const { store, file } = await open('ui:\n  theme: dark\n', { OMEGA_UI_THEME: 'light' });
    expect(store.current.ui.theme).toBe('light');
    await expect(store.set({ 'ui.theme': 'dark', 'run.keep': 3 })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('OMEGA_UI_THEME'),
    });
    expect(readFileSync(file, 'utf8')).toBe('ui:\n  theme: dark\n');
  });

  it('does not overwrite a broken file', async () => {
    const { store, file } = await open('async: [\n', {}, false);
    await expect(store.set({ 'run.keep': 3 })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(readFileSync(file, 'utf8')).toBe('async: [\n');
  });

  it('keeps the mode of the file', async () => {
    const { store, file } = await open('ui:\n  theme: dark\n', {}, false);
    chmodSync(file, 0o640);
    await store.set({ 'run.keep': 3 });
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it('says when the file is none, or too large to be one', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'config.yaml'));
    const options = { folder, env: {}, watch: false, onChange: () => undefined };
    const store = await ConfigStore.open({ ...options, onError: () => undefined });
    expect(store.view.problems[0]?.message).toContain('not a plain file');
    const large = await open(`# ${'x'.repeat(300_000)}\n`, {}, false);
    expect(large.store.view.problems[0]?.message).toContain('larger than');
    expect(large.store.current.async.concurrency).toBe(3);
  });
});
