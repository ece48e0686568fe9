import { cancelled } from '#main/core/abort.ts';
import { currentTrace } from '#main/core/trace.ts';
import { OmegaError } from '#shared/error.ts';
import type { ComputeChild, SpawnCompute } from '../compute/compute-port.ts';
import { fromImageProcessSchema, type ImagePlan, type ResizedImage } from './image-protocol.ts';

/** An image's bytes and what is to be made of them. */
export type ImageWork = { readonly bytes: Uint8Array; readonly plan: ImagePlan };

/** One image process as its parent uses it: one request at a time. */
export class ImageChild {
  readonly #child: ComputeChild;
  #settle: ((outcome: ResizedImage | OmegaError) => void) | null = null;
  #lastId = 0;
  #gone = false;

  constructor(spawn: SpawnCompute) {
    this.#child = spawn();
    this.#child.onMessage((message) => {
      const answer = fromImageProcessSchema.safeParse(message);
      // A process that talks nonsense is as good as dead, and its end is handled.
      if (!answer.success) this.kill();
      else if (answer.data.id === this.#lastId) {
        this.#settle?.('image' in answer.data ? answer.data.image : revived(answer.data.error));
      }
    });
    this.#child.onExit((how) => {
      this.#gone = true;
      this.#settle?.(crashed(how));
    });
  }

  /** Whether the process has ended or is about to. */
  get gone(): boolean {
    return this.#gone;
  }

  /**
   * Makes one image. Native code cannot be interrupted, so a request that is cancelled (`CANCELLED`)
   * or late (`TIMEOUT`) ends the process; so does an image that crashes it (`UNAVAILABLE`).
   */
  render(
    work: ImageWork,
    {
      signal,
      deadlineMs,
    }: { readonly signal?: AbortSignal | undefined; readonly deadlineMs: number },
  ): Promise<ResizedImage> {
    if (signal?.aborted) return Promise.reject(cancelled(signal));
    this.#lastId += 1;
    return new Promise((resolve, reject) => {
      const end = (error: OmegaError): void => {
        this.#settle?.(error);
        this.kill();
      };
      const onAbort = (): void => end(cancelled(signal));
      const timer = setTimeout(() => end(late(deadlineMs)), deadlineMs);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#settle = (outcome) => {
        this.#settle = null;
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        if (outcome instanceof OmegaError) reject(outcome);
        else resolve(outcome);
      };
      if (this.#gone) this.#settle(crashed('it had ended before'));
      else this.#child.send({ id: this.#lastId, ...work, trace: currentTrace() });
    });
  }

  /** Ends the process at once. */
  kill(): void {
    this.#gone = true;
    this.#child.kill();
  }
}

function revived(data: ReturnType<OmegaError['toData']>): OmegaError {
  const { code, message, retryable, details } = data;
  return new OmegaError(code, message, { retryable, ...(details ? { details } : {}) });
}

function crashed(how: string): OmegaError {
  const message = `The process that reads images ended (${how}). Try again; if it ends again, export the image anew.`;
  return new OmegaError('UNAVAILABLE', message, { retryable: true });
}

function late(ms: number): OmegaError {
  const seconds = Math.ceil(ms / 1000);
  const message = `The image took longer than ${seconds} s and was given up; make it smaller, or export an SVG as a PNG.`;
  return new OmegaError('TIMEOUT', message);
}
