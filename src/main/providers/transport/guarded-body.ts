import type { Readable } from 'node:stream';
import { OmegaError } from '#shared/error.ts';
import { maxBodyBytes, maxLineBytes, maxStreamBytes, tooLarge } from '../limits.ts';
import { cutError } from './connection-error.ts';
import type { Endpoint } from './endpoint.ts';
import { isPage } from './error-text.ts';
import { noLlm } from './status-error.ts';

const newline = 0x0a;

/**
 * The body of an answer, read as it is asked for and never further: over the limits it ends with
 * `REFUSED` and its connection is closed; one that is a page, or stops, ends with `UNAVAILABLE`.
 */
export function guardedBody(
  body: Readable,
  isStream: boolean,
  endpoint: Endpoint,
): ReadableStream<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const most = isStream ? maxStreamBytes : maxBodyBytes;
  let bytes = 0;
  let line = 0;
  const check = (piece: Uint8Array): void => {
    if (bytes === 0 && isPage(null, Buffer.from(piece.subarray(0, 200)).toString('latin1'))) {
      throw new OmegaError('UNAVAILABLE', noLlm(endpoint, 'answers with a page'));
    }
    bytes += piece.length;
    const end = piece.lastIndexOf(newline);
    line = end === -1 ? line + piece.length : piece.length - end - 1;
    if (bytes > most || line > maxLineBytes) throw tooLarge(endpoint.name);
  };
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (done) return controller.close();
          check(value);
          controller.enqueue(value);
        } catch (error) {
          body.destroy();
          if (error instanceof OmegaError || isAbort(error)) throw error;
          throw cutError(endpoint, error);
        }
      },
      cancel() {
        body.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Whether the error is that of an aborted request. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
