import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import envPaths from 'env-paths';
import { fileError } from './file-error.ts';

/** The folder that holds the store and the log: `OMEGA_HOME`, or the system's place for app data. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const home = env.OMEGA_HOME?.trim();
  return home ? resolve(home) : envPaths('omega-studio', { suffix: '' }).data;
}

/** Makes the data folder, readable by its owner only. Throws `NOT_WRITABLE` or `NO_SPACE`. */
export function ensureFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fileError(error, folder, 'write');
  }
}
