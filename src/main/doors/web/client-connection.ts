import type { RawData, WebSocket } from 'ws';
import type { AppApi } from '#main/api/create-api.ts';
import { OmegaError } from '#shared/error.ts';
import {
  type ClientFrame,
  callIdSchema,
  clientFrameSchema,
  type ServerFrame,
} from '#shared/wire.ts';
import { CallTable } from '../transport/call-table.ts';
import { EventOutbox } from '../transport/event-outbox.ts';

/** Bounds of one connection. Bytes are what waits to be sent to a client that reads slowly. */
export type ConnectionLimits = {
  /** Above this, events wait and coalesce. */
  readonly slowBytes: number;
  /** Above this, the client is given up. */
  readonly maxBytes: number;
  /** A client that has not answered the ping before the next one is gone. */
  readonly heartbeatMs: number;
};

/** The limits of the product; tests pass smaller ones. */
export const connectionLimits: ConnectionLimits = {
  slowBytes: 1024 * 1024,
  maxBytes: 64 * 1024 * 1024,
  heartbeatMs: 20_000,
};

/** One browser page: its calls, its events and its heartbeat, over one WebSocket. */
export class ClientConnection {
  readonly #socket: WebSocket;
  readonly #limits: ConnectionLimits;
  readonly #calls: CallTable;
  readonly #outbox: EventOutbox;
  readonly #heartbeat: ReturnType<typeof setInterval>;
  #alive = true;
  #draining = false;

  constructor(socket: WebSocket, api: AppApi, limits: ConnectionLimits = connectionLimits) {
    this.#socket = socket;
    this.#limits = limits;
    this.#calls = new CallTable(api);
    this.#outbox = new EventOutbox({
      send: (events) => this.#send({ events }),
      ready: () => socket.bufferedAmount < limits.slowBytes,
      overflow: () => socket.terminate(),
    });
    const unlisten = api.listen((event) => this.#outbox.push(event));
    this.#heartbeat = setInterval(() => this.#beat(), limits.heartbeatMs);
    socket.on('message', (data, isBinary) => void this.#receive(data, isBinary));
    socket.on('pong', () => {
      this.#alive = true;
    });
    // A protocol error (too large, invalid UTF-8) closes the socket with its own code right after.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(this.#heartbeat);
      unlisten();
      this.#outbox.close();
      this.#calls.cancelAll();
    });
  }

  /** Refuses new calls from now on; resolves once every call that is in flight has been answered. */
  drain(): Promise<void> {
    this.#draining = true;
    return this.#calls.idle();
  }

  /** Says goodbye, and drops the socket where the page does not answer within half a second. */
  async close(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    if (this.#socket.readyState === this.#socket.CLOSED) return;
    this.#socket.close(1001, 'Omega is closing');
    const timer = setTimeout(() => this.#socket.terminate(), 500);
    await gone;
    clearTimeout(timer);
  }

  async #receive(data: RawData, isBinary: boolean): Promise<void> {
    const frame = isBinary ? null : parseFrame(data.toString());
    if (frame === null) {
      const message =
        'A frame must be JSON: {"id":1,"route":"app.info","input":{}} or {"cancel":1}.';
      this.#send({ error: new OmegaError('INVALID_INPUT', message).toData() });
    } else if ('error' in frame) {
      this.#send({ id: frame.id, result: { ok: false, error: frame.error.toData() } });
    } else if ('cancel' in frame) {
      this.#calls.cancel(frame.cancel);
    } else if (this.#draining) {
      const message = 'Omega is closing; start it again and retry.';
      const error = new OmegaError('UNAVAILABLE', message, { retryable: true }).toData();
      this.#send({ id: frame.id, result: { ok: false, error } });
    } else {
      const result = await this.#calls.run(frame.id, frame.route, frame.input, frame.trace);
      this.#send({ id: frame.id, result });
    }
  }

  #send(frame: ServerFrame): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(JSON.stringify(frame));
    if (this.#socket.bufferedAmount > this.#limits.maxBytes) this.#socket.terminate();
  }

  #beat(): void {
    if (!this.#alive) {
      this.#socket.terminate();
      return;
    }
    this.#alive = false;
    this.#socket.ping();
  }
}

/** Null where not even the id can be read; an error that can be answered where only the rest is wrong. */
function parseFrame(
  text: string,
): ClientFrame | { readonly id: number; readonly error: OmegaError } | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const frame = clientFrameSchema.safeParse(json);
  if (frame.success) return frame.data;
  const id = callIdSchema.safeParse(
    typeof json === 'object' && json !== null && 'id' in json ? json.id : undefined,
  );
  if (!id.success) return null;
  const message = 'A call is {"id","route","input"} and nothing else; the route is a short text.';
  return { id: id.data, error: new OmegaError('INVALID_INPUT', message) };
}
