import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { cliEntry } from './cli-entry.ts';
import { tempFolder } from './temp-folder.ts';

const root = join(import.meta.dirname, '../..');

/** What one command said, and its exit code. */
export type Said = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs `omega` as a process of its own on a data folder, in an app at `app`. */
export async function omega(
  home: string,
  args: readonly string[],
  app = root,
  { input, env = {} }: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Said> {
  const entry =
    app === root
      ? [cliEntry]
      : [
          '--preserve-symlinks',
          '--preserve-symlinks-main',
          join(app, 'src/main/doors/cli/main.ts'),
        ];
  const child = spawn(process.execPath, [...entry, ...args], {
    env: { ...process.env, OMEGA_HOME: home, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A command that does not read its input may be over before it is written.
  child.stdin.on('error', () => undefined).end(input);
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text) => {
      said[name] += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, ...said };
}

/** The same app, with its sources and packages, where set-up could not fetch the models. */
export function appWithoutModels(): string {
  const app = tempFolder();
  copyFileSync(join(root, 'package.json'), join(app, 'package.json'));
  for (const name of ['src', 'node_modules'])
    symlinkSync(join(root, name), join(app, name), 'junction');
  cpSync(join(root, 'resources'), join(app, 'resources'), {
    recursive: true,
    filter: (path) => path !== join(root, 'resources/models'),
  });
  return app;
}
