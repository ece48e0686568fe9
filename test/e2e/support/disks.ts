import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';

/** A disk of its own below a test's folder. */
export type Disk = {
  readonly makeReadOnly: () => void;
  readonly unmount: () => void;
};

/** Mounts a disk of that size at `folder`; null where this user may not mount. */
export async function mountDisk(folder: string, kilobytes: number): Promise<Disk | null> {
  if (process.platform !== 'linux') return null;
  await mkdir(folder, { recursive: true });
  const options = ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder];
  if (spawnSync('mount', options).status !== 0) return null;
  return {
    makeReadOnly: () => void spawnSync('mount', ['-o', 'remount,ro', folder]),
    unmount: () => void spawnSync('umount', ['-l', folder]),
  };
}
