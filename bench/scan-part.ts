import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { scanProject } from '#main/generation/scan/scan-project.ts';
import { walk } from '#main/generation/scan/walk.ts';
import { median, rounded, timed } from './statistics.ts';
import { makeProject, type ProjectSize } from './synthetic-project.ts';

const maxBytes = 1_000_000;
const readers = 8;

/** What the scan costs beside a plain walk that reads everything; times are medians in ms. */
export type ScanFigures = {
  readonly files: number;
  readonly services: number;
  readonly repeats: number;
  readonly ms: number;
  readonly walkMs: number;
  readonly ratio: number;
};

/** Scans and walks the same tree in turn, after one of each to fill the caches. */
export async function measureScan(size: ProjectSize, repeats: number): Promise<ScanFigures> {
  const project = await makeProject(size);
  const { signal } = new AbortController();
  try {
    let services = 0;
    const scan = async () => {
      services = (await scanProject(project.root, { signal })).services.length;
    };
    let files = 0;
    const read = async () => {
      files = await readAll(project.root, signal);
    };
    await scan();
    await read();
    const scans: number[] = [];
    const walks: number[] = [];
    for (let n = 0; n < repeats; n += 1) {
      scans.push(await timed(scan));
      walks.push(await timed(read));
    }
    if (services !== size.services) {
      throw new Error(`the scan found ${services} services of ${size.services}`);
    }
    const [ms, walkMs] = [median(scans), median(walks)];
    const ratio = rounded(ms / walkMs);
    return { files, services, repeats, ms: rounded(ms, 0), walkMs: rounded(walkMs, 0), ratio };
  } finally {
    project.dispose();
  }
}

/** The walk to compare with: the same ignore rules, and every file up to 1 MB read, eight at once. */
async function readAll(root: string, signal: AbortSignal): Promise<number> {
  const { files } = await walk(root, { signal });
  let next = 0;
  const reader = async () => {
    for (let path = files[next++]; path !== undefined; path = files[next++]) {
      const handle = await open(join(root, path), 'r');
      try {
        const { size } = await handle.stat();
        if (size <= maxBytes) await handle.read(Buffer.allocUnsafe(size), 0, size, 0);
      } finally {
        await handle.close();
      }
    }
  };
  await Promise.all(Array.from({ length: readers }, reader));
  return files.length;
}
