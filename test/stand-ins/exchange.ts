import type { ServerResponse } from 'node:http';
import type { Fault } from './fault.ts';
import type { Dialect, Reply } from './protocol.ts';
import { logNow, type OpenEntry, type Outcome, type RequestLog } from './request-log.ts';
import { retryAfterHeaders } from './retry-after.ts';
import { Sink } from './sink.ts';

const page =
  '<!doctype html><html><head><title>Welcome</title></head><body>It works!</body></html>';

/** One request and its answer, kept in step with the log. */
export class Exchange {
  readonly response: ServerResponse;
  readonly dialect: Dialect;
  readonly entry: OpenEntry;
  readonly #log: RequestLog;
  readonly #gone = new AbortController();

  constructor(response: ServerResponse, dialect: Dialect, entry: OpenEntry, log: RequestLog) {
    this.response = response;
    this.dialect = dialect;
    this.entry = entry;
    this.#log = log;
    response.on('close', () => {
      if (!response.writableFinished && entry.outcome !== 'faulted') this.end('aborted');
      this.#gone.abort();
    });
  }

  /** Aborted when the connection has ended, whoever ended it. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** Notes how it ended, before the last byte leaves: who has it has the log's word too. */
  end(outcome: Outcome): void {
    this.entry.outcome = outcome;
    this.entry.endedAt = logNow();
    this.#log.changed();
  }

  sink(fault: Fault | null): Sink {
    this.entry.fault = fault?.kind ?? null;
    return new Sink(this, fault);
  }

  /** An answer that is no text of a model; a fault can still spoil its body. */
  async reply(outcome: Outcome, { status, headers, body }: Reply, fault: Fault | null = null) {
    const text = JSON.stringify(body);
    const sent = fault?.kind === 'half-json' ? text.slice(0, text.length >> 1) : text;
    const sink = this.sink(fault);
    const type = fault?.kind === 'content-type' ? 'text/plain' : 'application/json';
    sink.head(status, {
      ...headers,
      'content-type': type,
      'content-length': Buffer.byteLength(sent),
    });
    await sink.end(sent, outcome);
  }

  /** Answers with a fault that needs no text; false where the fault is not of that kind. */
  async spoil(fault: Fault): Promise<boolean> {
    if (fault.kind === 'html') {
      const sink = this.sink(fault);
      sink.head(200, { 'content-type': 'text/html', 'content-length': page.length });
      await sink.end(page, 'faulted');
      return true;
    }
    if (fault.kind !== 'rate-limit' && fault.kind !== 'status') return false;
    const limited = fault.kind === 'rate-limit';
    const refused = this.dialect.refuse(limited ? 429 : fault.status, '');
    const headers = limited
      ? {
          ...this.dialect.headers?.(0, 60),
          ...retryAfterHeaders(fault.retryAfterMs ?? 1_000, fault.as ?? 'seconds'),
        }
      : {};
    await this.reply('faulted', { ...refused, headers: { ...refused.headers, ...headers } }, fault);
    return true;
  }
}
