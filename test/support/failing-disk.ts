import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { tempFolder } from './temp-folder.ts';

/** A disk that turns read-only under its open files, as one with a defect does. */
export type FailingDisk = { readonly folder: string; readonly fail: () => Promise<void> };

/** Mounts an ext4 of that size from a file, or gives null where this user or system cannot. */
export function failingDisk(megabytes: number): FailingDisk | null {
  if (process.platform !== 'linux') return null;
  const root = tempFolder();
  const [image, folder] = [join(root, 'image'), join(root, 'disk')];
  mkdirSync(folder);
  writeFileSync(image, '');
  truncateSync(image, megabytes * 1024 * 1024);
  if (spawnSync('mkfs.ext4', ['-q', '-F', image]).status !== 0) return null;
  const options = ['-o', 'loop,errors=remount-ro', image, folder];
  if (spawnSync('mount', options).status !== 0) return null;
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  const mounts = () => readFileSync('/proc/mounts', 'utf8').split('\n');
  const device = mounts()
    .find((line) => line.split(' ')[1] === folder)
    ?.split(' ')[0];
  if (!device) return null;
  const trigger = join('/sys/fs/ext4', basename(device), 'trigger_fs_error');
  const isReadOnly = (): boolean => {
    return spawnSync('touch', [join(folder, 'touched')]).status !== 0;
  };
  const fail = async (): Promise<void> => {
    writeFileSync(trigger, '1');
    for (let times = 0; !isReadOnly(); times += 1) {
      if (times > 100) throw new Error('The disk did not fail.');
      await sleep(20);
    }
  };
  return { folder, fail };
}
