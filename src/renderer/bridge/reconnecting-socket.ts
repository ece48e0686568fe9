/** What a {@link ReconnectingSocket} tells its owner. */
export type SocketEvents = {
  readonly onOpen: () => void;
  /** The connection was lost; another is on its way. Not called where it never opened. */
  readonly onLost: () => void;
  readonly onText: (text: string) => void;
};

/** Waits between attempts, in ms: quick at first, then gently, with jitter added by the socket. */
const backoffMs = [100, 250, 500, 1000, 2000, 5000] as const;

/** Time in which an attempt must have opened, in ms. */
const openMs = 5000;

/** A WebSocket that comes back by itself until it is closed. */
export class ReconnectingSocket {
  readonly #url: string;
  readonly #events: SocketEvents;
  #socket: WebSocket | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  #closed = false;

  constructor(url: string, events: SocketEvents) {
    this.#url = url;
    this.#events = events;
    this.#connect();
  }

  /** Sends now and says true, or says false where there is no connection at the moment. */
  send(text: string): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** Closes for good. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#socket?.close();
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    let opened = false;
    // A server that accepts but never answers the handshake would hold the browser for minutes.
    const timer = setTimeout(() => {
      if (!opened) socket.close();
    }, openMs);
    socket.addEventListener('open', () => {
      opened = true;
      this.#attempts = 0;
      this.#events.onOpen();
    });
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') this.#events.onText(data);
    });
    socket.addEventListener('close', () => {
      clearTimeout(timer);
      if (opened) this.#events.onLost();
      if (!this.#closed) this.#retryLater();
    });
    // 'close' follows every 'error' and is where the reconnect happens; Node would throw without this.
    socket.addEventListener('error', () => undefined);
  }

  #retryLater(): void {
    const base = backoffMs[Math.min(this.#attempts, backoffMs.length - 1)] ?? 5000;
    this.#attempts += 1;
    this.#retry = setTimeout(() => this.#connect(), base * (0.75 + Math.random() / 2));
  }
}
