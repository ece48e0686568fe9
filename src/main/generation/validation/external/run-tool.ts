import { spawn } from 'node:child_process';
import { workedElsewhere } from '#main/providers/gate/job-meter.ts';

/** Longest a tool may take, in milliseconds. */
export const toolDeadlineMs = 10_000;

/** Most that is read of a tool's output, in bytes; what is longer counts as a failure. */
const maxOutput = 4_000_000;

/** How a tool ended: with its output, or with a reason why there is none. */
export type ToolResult =
  | {
      readonly ok: true;
      readonly exitCode: number;
      readonly stdout: string;
      readonly stderr: string;
    }
  | { readonly ok: false; readonly reason: string };

/**
 * Runs `file` without a shell, gives it `input` and collects its output. Never throws: a tool that does
 * not start, is killed, takes too long or floods is a result with a reason; so is an abort by `signal`.
 */
export function runTool(
  file: string,
  args: readonly string[],
  options: {
    readonly input: string;
    readonly cwd: string;
    readonly signal: AbortSignal;
    readonly deadlineMs?: number;
  },
): Promise<ToolResult> {
  const { input, cwd, signal, deadlineMs = toolDeadlineMs } = options;
  if (signal.aborted) return Promise.resolve({ ok: false, reason: 'it was cancelled' });
  const result = new Promise<ToolResult>((resolve) => {
    const child = spawn(file, args, { cwd, stdio: 'pipe', windowsHide: true });
    const output: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
    let size = 0;
    let stopped: string | null = null;
    const stop = (reason: string): void => {
      stopped ??= reason;
      child.kill('SIGKILL');
    };
    const onAbort = (): void => stop('it was cancelled');
    const timer = setTimeout(() => stop(`it took longer than ${deadlineMs / 1000} s`), deadlineMs);
    signal.addEventListener('abort', onAbort, { once: true });
    const finish = (result: ToolResult): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      // A grandchild may hold the pipes open; nothing more is wanted from them.
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(result);
    };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxOutput) stop('it wrote too much');
        else output[name].push(chunk);
      });
    }
    // A tool that does not read its input closes the pipe early; its exit code says the rest.
    child.stdin.on('error', () => undefined);
    child.on('error', (cause) => finish({ ok: false, reason: cause.message }));
    const onEnd = (exitCode: number | null, killedBy: NodeJS.Signals | null): void => {
      const text = (name: 'stdout' | 'stderr'): string =>
        Buffer.concat(output[name]).toString('utf8');
      if (stopped !== null) finish({ ok: false, reason: stopped });
      else if (exitCode === null) finish({ ok: false, reason: `it was killed by ${killedBy}` });
      else finish({ ok: true, exitCode, stdout: text('stdout'), stderr: text('stderr') });
    };
    child.on('close', onEnd);
    child.on('exit', (code, killedBy) => {
      if (stopped !== null) onEnd(code, killedBy);
    });
    child.stdin.end(input);
  });
  return workedElsewhere(result);
}
