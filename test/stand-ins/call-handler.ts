import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { namedAnswers } from './answers/named.ts';
import type { Behaviour } from './behaviour.ts';
import { draw, Sightings } from './draw.ts';
import { Exchange } from './exchange.ts';
import { FaultPicker } from './fault-picker.ts';
import { until } from './pace.ts';
import type { Dialect, KeySeen, Read, Route } from './protocol.ts';
import type { RequestLog } from './request-log.ts';
import { retryAfterHeaders } from './retry-after.ts';
import { WritingEnded } from './sink.ts';
import { gather, writeStream, writeWhole } from './write-answer.ts';

/** One HTTP request at a known address of a protocol. */
export type Incoming = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly dialect: Dialect;
  readonly route: Route;
  readonly key: KeySeen;
};

/** How often an answer that is held looks whether it still is, in ms. */
const heldStepMs = 250;
/** What a server without a set capacity says that it could take at once. */
const noCapacity = 10_000;

/** Answers requests as the behaviour of the moment says. */
export class CallHandler {
  readonly #log: RequestLog;
  readonly #behaviour: () => Behaviour;
  readonly #picker = new FaultPicker();
  readonly #sightings = new Sightings();
  #running = 0;

  constructor(log: RequestLog, behaviour: () => Behaviour) {
    this.#log = log;
    this.#behaviour = behaviour;
  }

  async handle({ request, response, dialect, route, key }: Incoming): Promise<void> {
    const arrived = performance.now();
    const endpoint = route.kind === 'plain' ? route.endpoint : 'text';
    const entry = this.#log.open(dialect.protocol, endpoint, key);
    const exchange = new Exchange(response, dialect, entry, this.#log);
    try {
      const body = await readText(request);
      const { everywhere } = this.#behaviour().faults;
      if (everywhere !== null && (await exchange.spoil(everywhere))) return;
      const open = route.kind === 'plain' && route.open;
      if (!open && (key === 'missing' || key === 'wrong')) {
        return await exchange.reply('refused', dialect.refuse(`key-${key}`, ''));
      }
      if (route.kind === 'plain') {
        const reply = route.reply(body);
        return await exchange.reply(reply.status < 400 ? 'answered' : 'refused', reply, everywhere);
      }
      await this.#read(exchange, () => route.read(JSON.parse(body)), arrived);
    } catch (error) {
      if (error instanceof WritingEnded || exchange.signal.aborted) return;
      if (response.headersSent) response.destroy();
      else await exchange.reply('refused', dialect.refuse(500, String(error)));
    }
  }

  async #read(exchange: Exchange, read: () => Read, arrived: number): Promise<void> {
    const { dialect, entry } = exchange;
    let asked: Read;
    try {
      asked = read();
    } catch (error) {
      return exchange.reply('refused', dialect.refuse(400, String(error)));
    }
    entry.request = asked.seen;
    entry.endpoint = asked.seen.endpoint;
    this.#log.changed();
    const { models, capacity, capacityRetryAfterMs } = this.#behaviour();
    if (!models[dialect.protocol].includes(asked.seen.model)) {
      return exchange.reply('refused', dialect.refuse('no-model', asked.seen.model));
    }
    if (capacity !== null && this.#running >= capacity) {
      const refused = dialect.refuse(429, asked.seen.model);
      const headers = {
        ...refused.headers,
        ...dialect.headers?.(0, capacity),
        ...retryAfterHeaders(capacityRetryAfterMs, 'seconds'),
      };
      return exchange.reply('over-capacity', { ...refused, headers });
    }
    this.#running += 1;
    try {
      await this.#say(exchange, asked, arrived);
    } finally {
      this.#running -= 1;
    }
  }

  async #say(exchange: Exchange, { seen, wire }: Read, arrived: number): Promise<void> {
    const behaviour = this.#behaviour();
    const { signal, entry, dialect } = exchange;
    const asked = `${seen.model}\n${seen.system}\n${seen.prompt}`;
    const nth = this.#sightings.see(asked);
    const fault = this.#picker.pick(behaviour.faults, draw(behaviour.seed, asked, nth));
    if (fault !== null && (await exchange.spoil(fault))) return;
    const late = behaviour.latencyMs + behaviour.jitterMs * draw(~behaviour.seed, asked, nth);
    const limit = behaviour.capacity ?? noCapacity;
    const answer =
      typeof behaviour.answer === 'string' ? namedAnswers[behaviour.answer] : behaviour.answer;
    const writing = {
      request: seen,
      wire,
      entry,
      fault,
      signal,
      sink: exchange.sink(fault),
      headers: dialect.headers?.(limit - this.#running, limit) ?? {},
      tokensPerSecond: () => this.#behaviour().tokensPerSecond,
      ready: () => this.#due(arrived + late, signal),
    };
    if (seen.stream) await writeStream(writing, answer(seen));
    else await writeWhole(writing, await gather(answer(seen)));
  }

  /** Waits for the moment, and as long as answers are held. */
  async #due(at: number, signal: AbortSignal): Promise<void> {
    await until(at, signal);
    // Each looks in its own time, so that those that were held do not all come at once.
    for (let look = 1; this.#behaviour().held; look += 1) {
      await until(at + look * heldStepMs, signal);
    }
  }
}
