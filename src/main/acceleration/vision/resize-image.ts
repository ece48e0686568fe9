import { throwIfCancelled } from '#main/core/abort.ts';
import { ensureAsyncCallable } from '#main/core/maybe-async/ensure.ts';
import { readBounded } from '#main/core/read-bounded.ts';
import { OmegaError } from '#shared/error.ts';
import type { ImageRequest } from './image-processes.ts';
import { maxInputBytes, type ResizedImage } from './image-protocol.ts';
import { planImage, type ResizeOptions } from './plan-image.ts';

/** What makes an image by plan: `ImageProcesses` in the app; synchronous or not. */
export type ImageHook = (
  request: ImageRequest,
  signal?: AbortSignal,
) => ResizedImage | Promise<ResizedImage>;

/** Makes another size or format of an image, given by its bytes or by an absolute path. */
export type ResizeImage = (
  input: Uint8Array | string,
  options: ResizeOptions,
  signal?: AbortSignal,
) => Promise<ResizedImage>;

/**
 * Binds {@link ResizeImage} to what does the work. It reads at most 50 MB and 64 million pixels, one
 * frame, upright and without metadata. Rejects with `INVALID_INPUT` (options, no image, a damaged
 * one), `REFUSED` (too large), `NOT_FOUND`, `NOT_READABLE`, `TIMEOUT`, `UNAVAILABLE` or `CANCELLED`.
 */
export function resizeImageWith(hook: ImageHook): ResizeImage {
  const render = ensureAsyncCallable(hook);
  return async (input, options, signal) => {
    throwIfCancelled(signal);
    const plan = planImage(options);
    const load = async () => bounded(typeof input === 'string' ? await readImage(input) : input);
    return render({ load, plan }, signal);
  };
}

function bounded(bytes: Uint8Array): Uint8Array {
  if (bytes.length > maxInputBytes) {
    const most = Math.round(maxInputBytes / 1e6);
    const message = `The image is larger than ${most} MB, the most that is read; make it smaller.`;
    throw new OmegaError('REFUSED', message);
  }
  if (bytes.length === 0) {
    throw new OmegaError('INVALID_INPUT', 'The image is empty; export it again.');
  }
  return bytes;
}

async function readImage(path: string): Promise<Uint8Array> {
  const file = await readBounded(path, maxInputBytes);
  if (file) return file.bytes;
  throw new OmegaError('NOT_FOUND', `There is no image "${path}"; check the path.`);
}
