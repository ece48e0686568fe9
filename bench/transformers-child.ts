import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { timed } from './statistics.ts';

/** What the peer is opened with: the app's own model folder, the threads that the app has in all. */
export type TransformersSetup = { readonly folder: string; readonly threads: number };
/** One measured pass: all texts, `rows` in each call. Answered by its milliseconds. */
export type TransformersPass = { readonly texts: readonly string[]; readonly rows: number };
/** The first answer says that the pipeline is open, the others how long a pass took. */
export type TransformersAnswer =
  | { readonly opened: true }
  | { readonly ms: number; readonly first: readonly number[] };

/** As much of transformers.js as is used; its types are installed only with the peers. */
type Transformers = {
  readonly env: { allowRemoteModels: boolean; localModelPath: string };
  pipeline(task: string, model: string, options: object): Promise<Extract>;
};
type Extract = (texts: readonly string[], options: object) => Promise<{ readonly data: unknown }>;

const { folder, threads } = JSON.parse(process.argv[2] ?? '') as TransformersSetup;
const resolve = createRequire(join(import.meta.dirname, 'peers', 'package.json')).resolve;
const entry = pathToFileURL(resolve('@huggingface/transformers')).href;
const { env, pipeline } = (await import(entry)) as Transformers;

// The layout that the library expects, around the same weights.
const model = await mkdtemp(join(tmpdir(), 'omega-peer-'));
await symlink(folder, join(model, 'onnx'), 'junction');
for (const name of ['tokenizer.json', 'tokenizer_config.json']) {
  await copyFile(join(folder, name), join(model, name));
}
await writeFile(join(model, 'config.json'), JSON.stringify({ model_type: 'bert' }));
env.allowRemoteModels = false;
env.localModelPath = dirname(model);
const extract = await pipeline('feature-extraction', basename(model), {
  dtype: 'q4',
  device: 'cpu',
  use_external_data_format: true,
  session_options: { intraOpNumThreads: threads },
});
await rm(model, { recursive: true });

const send = (answer: TransformersAnswer): void => void process.send?.(answer);
process.on('disconnect', () => process.exit(0));
process.on('message', async ({ texts, rows }: TransformersPass) => {
  let first: readonly number[] = [];
  const ms = await timed(async () => {
    for (let at = 0; at < texts.length; at += rows) {
      const chunk = texts.slice(at, at + rows);
      const { data } = await extract(chunk, { pooling: 'mean', normalize: true });
      if (at === 0) first = [...(data as Float32Array).subarray(0, 384)];
    }
  });
  send({ ms, first });
});
send({ opened: true });
