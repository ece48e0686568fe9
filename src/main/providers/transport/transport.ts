import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { Environment } from '#main/core/config/environment.ts';
import type { AsyncResource } from '#main/core/disposable.ts';

const connectTimeoutMs = 10_000;
/** Most to one address. undici opens a second one for a call that follows another in the same moment. */
const maxConnections = 128;
/** Servers on this machine are never asked through a proxy. */
const thisMachine = 'localhost,127.0.0.1,[::1]';

/**
 * The connections to all providers: as many to each as there are requests at once, kept for the next
 * ones. undici's own time-outs, of five minutes, are off: each request has its own. What the
 * environment says of proxies holds.
 */
export class Transport implements AsyncResource {
  readonly dispatcher: Dispatcher;

  constructor(env: Environment) {
    const options = {
      connections: maxConnections,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: connectTimeoutMs },
    };
    const httpProxy = env.http_proxy || env.HTTP_PROXY;
    const httpsProxy = env.https_proxy || env.HTTPS_PROXY;
    const noProxy = [env.no_proxy || env.NO_PROXY, thisMachine].filter(Boolean).join(',');
    this.dispatcher =
      httpProxy || httpsProxy
        ? new EnvHttpProxyAgent({
            ...options,
            noProxy,
            ...(httpProxy ? { httpProxy } : {}),
            ...(httpsProxy ? { httpsProxy } : {}),
          })
        : new Agent(options);
  }

  /** Closes every connection; requests under way fail. */
  dispose(): Promise<void> {
    return this.dispatcher.destroy();
  }
}
