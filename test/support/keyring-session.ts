import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

const top = join(import.meta.dirname, '../..');

/** Why this machine has no keyring to test with; null where it has. */
export function withoutKeyring(): string | null {
  if (!existsSync(join(top, 'node_modules/keytar/build/Release/keytar.node'))) {
    return 'keytar is not built (libsecret-1-dev)';
  }
  for (const program of ['dbus-run-session', 'gnome-keyring-daemon']) {
    const { status } = spawnSync('sh', ['-c', `command -v ${program}`], { timeout: 5000 });
    if (status !== 0) return `${program} is not installed`;
  }
  return null;
}

/** Runs a command in a session with an unlocked keyring of its own, which ends with it. */
export function inKeyringSession(
  command: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  input = '',
) {
  const home = tempFolder();
  const script = [
    'printf x | gnome-keyring-daemon --unlock --components=secrets --control-directory="$XDG_DATA_HOME" >/dev/null',
    '"$@"',
    'code=$?',
    // It leaves the session's process group, and would outlive it.
    'for pid in $(pgrep -f "control-directory=$XDG_DATA_HOME"); do kill "$pid"; done',
    'exit $code',
  ].join('\n');
  const args = ['--', 'sh', '-c', script, 'session', ...command];
  return spawnSync('dbus-run-session', args, {
    cwd: top,
    env: { ...process.env, XDG_DATA_HOME: home, OMEGA_KEYRING: undefined, ...env },
    encoding: 'utf8',
    input,
    timeout: 60_000,
  });
}
