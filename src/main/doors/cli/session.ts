import type { ApiOptions, AppApi } from '#main/api/create-api.ts';
import { dataFolder } from '#main/core/data-folder.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import type { OmegaEvent, Route, RouteInput, RouteOutputs } from '#shared/contract.ts';
import { OmegaError } from '#shared/error.ts';
import type { AppLocation } from '../transport/app-location.ts';
import { exitCodes } from './exit-codes.ts';
import { printable, type Terminal } from './terminal.ts';

/** How a session differs from the usual. */
export type SessionOptions = Pick<ApiOptions, 'keepsEvents' | 'env'>;

/** One run of the command: the api, the terminal, and Ctrl-C as a signal. */
export class Session implements AsyncResource {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly #api: AppApi;
  readonly #interrupt: () => void;

  private constructor(api: AppApi, terminal: Terminal) {
    this.#api = api;
    this.terminal = terminal;
    const controller = new AbortController();
    this.signal = controller.signal;
    this.#interrupt = () => {
      if (controller.signal.aborted) process.exit(exitCodes.interrupted);
      terminal.note('Stopping; press Ctrl-C again to end at once.');
      controller.abort();
    };
    process.on('SIGINT', this.#interrupt);
    process.on('SIGTERM', this.#interrupt);
  }

  static async open(
    location: AppLocation,
    terminal: Terminal,
    options: SessionOptions = {},
  ): Promise<Session> {
    // Loaded late: help and wrong usage are answered without it.
    const { createApi } = await import('#main/api/create-api.ts');
    const { forkCompute } = await import('#main/acceleration/compute/fork-compute.ts');
    const { version, computeEntry, modelsFolder } = location;
    const acceleration = { spawn: forkCompute(computeEntry), modelsFolder };
    const api = await createApi({
      ...options,
      dataFolder: dataFolder(),
      door: 'cli',
      version,
      acceleration,
    });
    const session = new Session(api, terminal);
    const { problems, warnings, file } = await session.call('config.get', {});
    for (const { field, message } of problems) {
      terminal.note(`omega: setting not used: ${printable(`${field || file}: ${message}`)}`);
    }
    for (const { field, message } of warnings) {
      terminal.note(`omega: warning: ${printable(`${field}: ${message}`)}`);
    }
    return session;
  }

  /** Calls a route; throws the error that it answers with. Ctrl-C cancels it. */
  async call<R extends Route>(
    route: R,
    input: RouteInput<R>,
    signal: AbortSignal | null = this.signal,
  ): Promise<RouteOutputs[R]> {
    const result = await this.#api.call(route, input, signal ?? undefined);
    // The contract's types hold on both sides of this call; the api parsed the input.
    if (result.ok) return result.data as RouteOutputs[R];
    const { code, message, retryable, details } = result.error;
    throw new OmegaError(code, message, { retryable, ...(details ? { details } : {}) });
  }

  listen(listener: (event: OmegaEvent) => void): () => void {
    return this.#api.listen(listener);
  }

  async dispose(): Promise<void> {
    process.off('SIGINT', this.#interrupt);
    process.off('SIGTERM', this.#interrupt);
    await this.#api.dispose();
  }
}
