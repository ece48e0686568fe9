import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { tempFolder } from './temp-folder.ts';

/** Mounts a disk of that size, or null where this user may not mount. */
export function tinyDisk(kilobytes: number): string | null {
  if (process.platform !== 'linux') return null;
  const folder = tempFolder();
  const options = ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder];
  if (spawnSync('mount', options).status !== 0) return null;
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return readFileSync('/proc/mounts', 'utf8').includes(folder) ? folder : null;
}

/** Makes a mounted disk read-only. */
export function makeReadOnly(folder: string): void {
  spawnSync('mount', ['-o', 'remount,ro', folder]);
}
