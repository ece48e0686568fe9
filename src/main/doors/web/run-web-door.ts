import type { AppApi } from '#main/api/create-api.ts';
import { OmegaError } from '#shared/error.ts';
import type { WebOptions } from './options.ts';
import { openWebServer, type WebServer } from './web-server.ts';

/** What the door uses of its process; tests pass their own. */
export type WebDoorHost = {
  readonly pageFolder: string;
  readonly openApi: () => Promise<AppApi>;
  /** Prints one line for programs to read. */
  readonly print: (line: string) => void;
  /** Tells a person something, apart from {@link WebDoorHost.print}. */
  readonly tell: (line: string) => void;
};

/** A running browser door; `close` drains calls, shuts the sockets and closes the api, once. */
export type WebDoor = { readonly close: () => Promise<void> };

/** Opens the api and its browser door and prints the address once it answers. */
export async function runWebDoor(options: WebOptions, host: WebDoorHost): Promise<WebDoor> {
  if (options.why !== null) host.tell(options.why);
  const api = await host.openApi();
  let server: WebServer;
  try {
    server = await openWebServer({ ...options, api, pageFolder: host.pageFolder });
  } catch (error) {
    await api.dispose();
    throw explainListen(error, options.port);
  }
  host.print(server.address);
  let closed: Promise<void> | undefined;
  return {
    close: () => {
      closed ??= server.close().finally(() => api.dispose());
      return closed;
    },
  };
}

function explainListen(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    const message = `Port ${port} is in use; close what uses it, or give another one with --port.`;
    return new OmegaError('CONFLICT', message, { cause: error });
  }
  if (code === 'EACCES') {
    const message = `Port ${port} needs more rights; give one above 1023 with --port.`;
    return new OmegaError('REFUSED', message, { cause: error });
  }
  return error;
}
