import { totalmem } from 'node:os';

/**
 * Megabytes that may be taken without hurting other programs. What macOS calls free is what nobody
 * ever used, however much it would give; a third of the whole is a better guess there.
 */
export function availableMemoryMb(): number {
  const bytes = process.platform === 'darwin' ? totalmem() / 3 : process.availableMemory();
  return Math.floor(bytes / 1024 ** 2);
}
