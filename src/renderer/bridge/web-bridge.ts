import { z } from 'zod';
import type { OmegaBridge, OmegaEvent, Route, RouteInput, RouteOutputs } from '#shared/contract.ts';
import type { Result } from '#shared/error.ts';
import { type ServerFrame, serverFrameSchema } from '#shared/wire.ts';
import { bridgeError, PendingCalls } from './pending-calls.ts';
import { ReconnectingSocket } from './reconnecting-socket.ts';

// Zod's compiled mode probes eval, which the page's CSP forbids and reports to the console.
z.config({ jitless: true });

/** How long calls may take, in ms; tests pass smaller ones. */
export type BridgeDeadlines = {
  /** From call to answer. */
  readonly answerMs: number;
  /** The same for routes that read or write whole projects, or start processes. */
  readonly longAnswerMs: number;
  /** How long a call made without a connection waits for one. */
  readonly connectMs: number;
};

const productDeadlines: BridgeDeadlines = {
  answerMs: 30_000,
  longAnswerMs: 600_000,
  connectMs: 10_000,
};

const longRoutes: readonly Route[] = [
  'scan.run',
  'validate.run',
  'run.start',
  'run.pause',
  'run.resume',
  'proposal.list',
  'proposal.apply',
  'checkpoint.undo',
  'devices.list',
  'devices.test',
  'provider.models',
  'provider.test',
  'prompt.preview',
  'loop.run',
];

/** How long a call may take, in ms; what measures for a budget of its own gets that on top. */
function deadlineOf<R extends Route>(
  route: R,
  input: RouteInput<R>,
  { answerMs, longAnswerMs }: BridgeDeadlines,
): number {
  if (route === 'intelligence.create') {
    const { budget } = input as RouteInput<'intelligence.create'>;
    return longAnswerMs + (budget?.seconds ?? 0) * 1_000;
  }
  return longRoutes.includes(route) ? longAnswerMs : answerMs;
}

const lostMessage =
  'The connection to Omega was lost. See whether it still runs in its terminal, open the address it printed, and try again.';

/** An {@link OmegaBridge} that can be closed for good, as a test or a hot reload needs. */
export type WebBridge = OmegaBridge & { readonly close: () => void };

/** Talks to the browser door at `url` (`ws://…/ws`); connects at once and again whenever it is lost. */
export function createWebBridge(
  url: string,
  deadlines: BridgeDeadlines = productDeadlines,
): WebBridge {
  const pending = new PendingCalls();
  const listeners = new Set<(events: readonly OmegaEvent[]) => void>();
  const waiting = new Map<number, string>();
  let lost = false;

  const emit = (events: readonly OmegaEvent[]) => {
    for (const listener of [...listeners]) {
      try {
        listener(events);
      } catch (error) {
        // One listener's bug must not keep events from the others, nor pass unseen.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  };

  const socket = new ReconnectingSocket(url, {
    onOpen: () => {
      for (const text of waiting.values()) socket.send(text);
      waiting.clear();
      // The first connection is no change: nothing fetched before it could be stale.
      if (lost) emit([{ type: 'connection.changed', connected: true }]);
      lost = false;
    },
    onLost: () => {
      // Calls that were sent may have run or not; only the caller can tell whether to repeat one.
      pending.settleAll(bridgeError('UNAVAILABLE', lostMessage));
      lost = true;
      emit([{ type: 'connection.changed', connected: false }]);
    },
    onText: (text) => {
      const frame = readFrame(text);
      if (frame && 'events' in frame) emit(frame.events);
      else if (frame && 'id' in frame) pending.settle(frame.id, frame.result);
    },
  });

  const expire = (route: Route) => (id: number) => {
    if (waiting.delete(id)) return bridgeError('UNAVAILABLE', lostMessage);
    socket.send(JSON.stringify({ cancel: id }));
    return bridgeError('TIMEOUT', `${route} took too long and was cancelled; try it again.`);
  };

  return {
    door: 'web',
    async call<R extends Route>(route: R, input: RouteInput<R>): Promise<Result<RouteOutputs[R]>> {
      const { id, answer } = pending.add(deadlineOf(route, input, deadlines), expire(route));
      const text = JSON.stringify({ id, route, input });
      if (!socket.send(text)) {
        waiting.set(id, text);
        setTimeout(() => {
          if (waiting.delete(id)) pending.settle(id, bridgeError('UNAVAILABLE', lostMessage));
        }, deadlines.connectMs);
      }
      return (await answer) as Result<RouteOutputs[R]>;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pickFolder: async () => null,
    close: () => {
      socket.close();
      pending.settleAll(bridgeError('UNAVAILABLE', lostMessage));
      waiting.clear();
    },
  };
}

function readFrame(text: string): ServerFrame | null {
  try {
    const frame = serverFrameSchema.safeParse(JSON.parse(text));
    return frame.success ? (frame.data as ServerFrame) : null;
  } catch {
    return null;
  }
}
