import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Behaviour, goodBehaviour } from './behaviour.ts';
import { CallHandler } from './call-handler.ts';
import { control } from './control.ts';
import { dialects } from './dialects.ts';
import type { Call, Protocol } from './protocol.ts';
import { RequestLog } from './request-log.ts';
import { Tokens } from './tokens.ts';

/** A change of behaviour; keys and models are given by protocol, the others stay. */
export type BehaviourChange = Partial<Omit<Behaviour, 'keys' | 'models' | 'faults'>> & {
  readonly keys?: Partial<Behaviour['keys']>;
  readonly models?: Partial<Behaviour['models']>;
  readonly faults?: Partial<Behaviour['faults']>;
};

/** A server of every protocol that runs in this process. */
export class StandIn {
  readonly log = new RequestLog();
  /** The access tokens of watsonx. */
  readonly tokens = new Tokens();
  readonly #server = createServer({ keepAliveTimeout: 60_000, noDelay: true });
  #behaviour: Behaviour;

  private constructor(behaviour: BehaviourChange) {
    this.#behaviour = goodBehaviour;
    this.behave(behaviour);
  }

  /** Listens on 127.0.0.1; port 0 takes any. */
  static async start(behaviour: BehaviourChange = {}, port = 0): Promise<StandIn> {
    const standIn = new StandIn(behaviour);
    const handler = new CallHandler(standIn.log, () => standIn.#behaviour);
    standIn.#server.on('request', (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const { method = 'GET', headers } = request;
      const call: Call = { method, path: pathname, query: searchParams, headers };
      if (pathname.startsWith('/stand-in/')) {
        void control(standIn, request, response, call);
        return;
      }
      for (const dialect of dialects) {
        const site = standIn.#site(dialect.protocol);
        const route = dialect.route(call, site);
        if (route === null) continue;
        void handler.handle({
          request,
          response,
          dialect,
          route,
          key: dialect.keySeen(call, site),
        });
        return;
      }
      request.resume();
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
    });
    standIn.#server.listen(port, '127.0.0.1');
    await once(standIn.#server, 'listening');
    return standIn;
  }

  /** Without a path. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The base addresses as the app's settings and the SDKs take them. */
  get urls(): Readonly<Record<Protocol, string>> {
    return standInUrls(this.url);
  }

  get behaviour(): Behaviour {
    return this.#behaviour;
  }

  /** Changes how the requests that come from now on are answered. A new script starts at its start. */
  behave({ keys, models, faults, ...change }: BehaviourChange): void {
    const before = this.#behaviour;
    this.#behaviour = {
      ...before,
      ...change,
      keys: { ...before.keys, ...keys },
      models: { ...before.models, ...models },
      faults: faults === undefined ? before.faults : { ...before.faults, ...faults },
    };
  }

  /** Connections that are open now, idle ones among them. */
  async connections(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
  }

  /** Ends every connection and stops. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #site(protocol: Protocol) {
    const { keys, models, tokenSeconds } = this.#behaviour;
    return { key: keys[protocol], models: models[protocol], tokens: this.tokens, tokenSeconds };
  }
}

/** The base address of each protocol at a stand-in's address. */
export function standInUrls(url: string): Readonly<Record<Protocol, string>> {
  return {
    openai: `${url}/v1`,
    compatible: `${url}/compatible/v1`,
    ollama: url,
    anthropic: `${url}/v1`,
    gemini: `${url}/v1beta`,
    watsonx: url,
  };
}
