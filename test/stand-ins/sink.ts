import { once } from 'node:events';
import type { Exchange } from './exchange.ts';
import type { Fault } from './fault.ts';
import { logNow, type Outcome } from './request-log.ts';

/** Thrown where a fault has ended the writing; the connection is then as the fault leaves it. */
export class WritingEnded extends Error {}

/** Writes one body, counts it in the log, and cuts or stalls it where its fault says so. */
export class Sink {
  readonly #exchange: Exchange;
  readonly #fault: Extract<Fault, { kind: 'cut' | 'stall' }> | null;

  constructor(exchange: Exchange, fault: Fault | null) {
    this.#exchange = exchange;
    this.#fault = fault?.kind === 'cut' || fault?.kind === 'stall' ? fault : null;
  }

  /** The status and headers; they leave with the first bytes of the body. */
  head(status: number, headers: Readonly<Record<string, string | number>>): void {
    if (this.#fault?.afterBytes === 0) this.#spoil();
    this.#exchange.entry.status = status;
    this.#exchange.response.writeHead(status, headers);
  }

  /** Part of the body; waits where the client reads slower. Throws {@link WritingEnded}. */
  async write(text: string): Promise<void> {
    const { response, signal } = this.#exchange;
    signal.throwIfAborted();
    if (text === '') return;
    if (!response.write(await this.#part(text))) await once(response, 'drain', { signal });
  }

  /** The last part of the body. */
  async end(text: string, outcome: Outcome): Promise<void> {
    this.#exchange.signal.throwIfAborted();
    const part = await this.#part(text);
    // An answer that is shorter than its cut or stall has none.
    if (this.#fault !== null) this.#exchange.entry.fault = null;
    this.#exchange.end(this.#fault === null ? outcome : 'answered');
    this.#exchange.response.end(part);
  }

  /** What of a text may be written; where it is not all, writes that and acts as the fault. */
  async #part(text: string): Promise<string> {
    const { entry, response } = this.#exchange;
    const length = Buffer.byteLength(text);
    entry.firstByteAt ??= logNow();
    const rest = this.#fault === null ? length : this.#fault.afterBytes - entry.bytes;
    entry.bytes += Math.min(rest, length);
    if (rest >= length) return text;
    // Only what has left the process is sure to arrive before the connection is cut.
    await new Promise((resolve) => {
      response.write(Buffer.from(text).subarray(0, rest), resolve);
    });
    return this.#spoil();
  }

  #spoil(): never {
    if (this.#fault?.kind === 'cut') {
      this.#exchange.end('faulted');
      this.#exchange.response.destroy();
    }
    throw new WritingEnded();
  }
}
