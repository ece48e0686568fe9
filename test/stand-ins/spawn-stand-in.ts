import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { AnswerName } from './answers/named.ts';
import type { Protocol } from './protocol.ts';
import type { LogEntry } from './request-log.ts';
import type { BehaviourChange } from './server.ts';

/** A change that can be sent to another process: an answer is given by its name. */
export type SentChange = Omit<BehaviourChange, 'answer'> & { readonly answer?: AnswerName };

/** A stand-in in a process of its own, so that its work is not the measured process's. */
export type SpawnedStandIn = AsyncDisposable & {
  readonly url: string;
  readonly urls: Readonly<Record<Protocol, string>>;
  readonly pid: number;
  behave(change: SentChange): Promise<void>;
  log(): Promise<readonly LogEntry[]>;
  /** Forgets what has ended. */
  clearLog(): Promise<void>;
  /** Ends every access token of watsonx. */
  revokeTokens(): Promise<void>;
  close(): Promise<void>;
};

const deadlineMs = 10_000;

/** Starts it, and resolves when it listens. */
export async function spawnStandIn(change: SentChange = {}): Promise<SpawnedStandIn> {
  const main = join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, [main, '--behaviour', JSON.stringify(change)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const signal = AbortSignal.timeout(deadlineMs);
  const [line] = await once(createInterface(child.stdout), 'line', { signal });
  const { url, urls } = JSON.parse(line) as Pick<SpawnedStandIn, 'url' | 'urls'>;
  const ask = async (method: string, what: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/stand-in/${what}`, {
      method,
      signal: AbortSignal.timeout(deadlineMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answer.json();
  };
  const close = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    const exit = once(child, 'exit');
    child.stdin.end();
    await exit;
  };
  return {
    url,
    urls,
    pid: child.pid ?? 0,
    behave: async (next) => void (await ask('PATCH', 'behaviour', next)),
    log: async () => (await ask('GET', 'log')) as readonly LogEntry[],
    clearLog: async () => void (await ask('DELETE', 'log')),
    revokeTokens: async () => void (await ask('DELETE', 'tokens')),
    close,
    [Symbol.asyncDispose]: close,
  };
}
