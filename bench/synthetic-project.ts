import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { serviceFiles } from './synthetic-service.ts';
import { extensions, languages, seededRandom, sourceFile } from './synthetic-source.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * How large a synthetic project is; `files` counts those that no rule ignores. Services are numbered
 * from `first`, a multiple of 3, and from 0 where it is absent: the same number is the same service.
 */
export type ProjectSize = {
  readonly services: number;
  readonly files: number;
  readonly first?: number;
};

/**
 * Writes a monorepo of Node, Python and Go services in equal parts into a temporary folder: their
 * manifests and entries, and as many sources, documents and pictures as make up `files`; beside
 * them ignored ones (packages, build output), one for ten. Dispose, or an interrupt, removes it.
 */
export async function makeProject(size: ProjectSize) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'omega-bench-')));
  const remove = () => rmSync(root, { recursive: true, force: true });
  const interrupted = () => {
    remove();
    process.exit(130);
  };
  for (const signal of signals) process.once(signal, interrupted);
  const writer = new Writer(root);
  const random = seededRandom(size.services * 31 + size.files);
  await writer.add('.gitignore', '*.log\nbuild/\n/coverage/\n');
  const first = size.first ?? 0;
  for (let n = first; n < first + size.services; n += 1) {
    const language = languages[n % languages.length] ?? 'node';
    const folder = `services/${language}-${n}`;
    const files = serviceFiles(language, `${language}-${n}`, 3_000 + n);
    for (const [name, text] of Object.entries(files)) await writer.add(`${folder}/${name}`, text);
  }
  const ignored = Math.floor(size.files / 10);
  for (let n = 0; n < ignored; n += 1) {
    const folder = `services/node-${first + (n % size.services) - ((n % size.services) % 3)}`;
    const place = n % 2 === 0 ? `node_modules/package-${n % 50}` : 'build/js';
    await writer.add(`${folder}/${place}/file-${n}.js`, sourceFile('node', random));
  }
  for (let n = writer.written - ignored; n < size.files; n += 1) {
    const service = n % size.services;
    const language = languages[service % languages.length] ?? 'node';
    const folder = `services/${language}-${first + service}/${language === 'python' ? 'app' : 'src'}/part-${n % 7}`;
    if (n % 20 === 0) await writer.add(`${folder}/note-${n}.md`, `# Note ${n}\n`.repeat(100));
    else if (n % 20 === 1) await writer.add(`${folder}/picture-${n}.png`, picture(random));
    else
      await writer.add(`${folder}/file-${n}.${extensions[language]}`, sourceFile(language, random));
  }
  await writer.flush();
  const dispose = () => {
    for (const signal of signals) process.off(signal, interrupted);
    remove();
  };
  return { root, dispose };
}

/** Writes files a hundred at a time; folders are made once. */
class Writer {
  readonly #root: string;
  readonly #folders = new Set<string>();
  #pending: Promise<void>[] = [];
  written = 0;

  constructor(root: string) {
    this.#root = root;
  }

  async add(path: string, content: string | Uint8Array): Promise<void> {
    const folder = dirname(join(this.#root, path));
    if (!this.#folders.has(folder)) {
      await mkdir(folder, { recursive: true });
      this.#folders.add(folder);
    }
    this.written += 1;
    this.#pending.push(writeFile(join(this.#root, path), content));
    if (this.#pending.length >= 100) await this.flush();
  }

  async flush(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    await Promise.all(pending);
  }
}

function picture(random: () => number): Uint8Array {
  return Uint8Array.from({ length: 20_000 }, () => Math.floor(random() * 256));
}
