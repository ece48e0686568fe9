import type { AppApi } from '#main/api/create-api.ts';
import type { OmegaEvent } from '#shared/contract.ts';
import { OmegaError, type Result } from '#shared/error.ts';
import { pickFolderRoute } from '#shared/ipc-channels.ts';
import { callSchema } from '#shared/wire.ts';
import { CallTable } from '../transport/call-table.ts';
import { EventOutbox } from '../transport/event-outbox.ts';
import { isOwnAddress, type PageOrigin } from './page-origin.ts';

/** Who sent a message, as the shell knows it and not as the message claims. */
export type Sender = {
  /** Address of the frame that sent; null where the frame is gone. */
  readonly url: string | null;
  readonly isMainFrame: boolean;
  /** Whether it comes from the app's own window, not from a webview or another contents. */
  readonly isWindow: boolean;
};

/** Whether to answer at all: the main frame of our window, showing our page. */
export function isTrustedSender(sender: Sender, page: PageOrigin): boolean {
  return (
    sender.isWindow && sender.isMainFrame && sender.url !== null && isOwnAddress(sender.url, page)
  );
}

/** What the transport uses of the shell. */
export type DesktopShell = {
  readonly page: PageOrigin;
  /** Shows the system's folder picker; null where the user cancels. */
  readonly pickFolder: () => Promise<string | null>;
  /** Sends a batch to the window's page, where there is one. */
  readonly sendEvents: (events: readonly OmegaEvent[]) => void;
};

/** The desktop door's transport without Electron: gate, parse, call, coalesce. */
export class DesktopTransport {
  readonly #shell: DesktopShell;
  readonly #calls: CallTable;
  readonly #outbox: EventOutbox;
  readonly #unlisten: () => void;
  #lastId = 0;

  constructor(api: AppApi, shell: DesktopShell) {
    this.#shell = shell;
    this.#calls = new CallTable(api);
    this.#outbox = new EventOutbox({
      send: shell.sendEvents,
      // IPC tells nothing of how far the page is behind; being always ready, it never overflows.
      ready: () => true,
      overflow: () => undefined,
    });
    this.#unlisten = api.listen((event) => this.#outbox.push(event));
  }

  /** Answers one message; never rejects. */
  async answer(sender: Sender, message: unknown): Promise<Result<unknown>> {
    if (!isTrustedSender(sender, this.#shell.page)) {
      return failure('UNAUTHORIZED', "Only the app's own window may call Omega.");
    }
    const call = callSchema.safeParse(message);
    if (!call.success) return failure('INVALID_INPUT', 'A call is {route, input}, nothing else.');
    const { route, input, trace } = call.data;
    if (route === pickFolderRoute) return this.#pickFolder();
    this.#lastId += 1;
    return this.#calls.run(this.#lastId, route, input, trace);
  }

  /** Aborts what a page that is gone had asked for. */
  cancelAll(): void {
    this.#calls.cancelAll();
  }

  /** Aborts every call, sends nothing more, and resolves when all calls have ended. */
  async dispose(): Promise<void> {
    this.#unlisten();
    this.#outbox.close();
    this.#calls.cancelAll();
    await this.#calls.idle();
  }

  async #pickFolder(): Promise<Result<string | null>> {
    try {
      return { ok: true, data: await this.#shell.pickFolder() };
    } catch {
      return failure('INTERNAL', "The system's folder picker failed; try it again.");
    }
  }
}

function failure(code: OmegaError['code'], message: string): Result<never> {
  return { ok: false, error: new OmegaError(code, message).toData() };
}
