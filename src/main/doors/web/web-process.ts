import { OmegaError } from '#shared/error.ts';
import { readWebOptions } from './options.ts';
import { runWebDoor, type WebDoor, type WebDoorHost } from './run-web-door.ts';

/**
 * Longest that a close may take altogether, calls, sockets and store, in ms; then the process ends
 * anyway. Longer than a part that hangs may take by itself, so that the store is closed all the same.
 */
const closeMs = 30_000;

/**
 * Runs the browser door as this process: the address on stdout, everything else on stderr, exit code
 * 0 after SIGINT, SIGTERM or SIGHUP, 2 where options or port are wrong, 1 for any other failure.
 * A second signal ends it at once.
 */
export async function runWebProcess(
  host: Pick<WebDoorHost, 'pageFolder' | 'openApi'>,
): Promise<void> {
  // Whoever started us may read the one line and close the pipe; that is no reason to die.
  process.stdout.on('error', () => undefined);
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  try {
    const options = readWebOptions(process.argv.slice(2), process.env);
    const print = (line: string) => process.stdout.write(`${line}\n`);
    const door = await runWebDoor(options, { ...host, print, tell });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => closeOnSignal(door, tell));
    }
  } catch (error) {
    tell(`omega: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = error instanceof OmegaError && isWrongUse(error) ? 2 : 1;
  }
}

let closing = false;

function closeOnSignal(door: WebDoor, tell: (line: string) => void): void {
  if (closing) process.exit(130);
  closing = true;
  setTimeout(() => {
    tell('omega: closing took too long; ended it.');
    process.exit(1);
  }, closeMs).unref();
  door.close().then(
    () => process.exit(0),
    (error: unknown) => {
      tell(`omega: ${error instanceof Error ? error.message : String(error)}`);
      process.exit(1);
    },
  );
}

function isWrongUse({ code }: OmegaError): boolean {
  return code === 'INVALID_INPUT' || code === 'CONFLICT' || code === 'REFUSED';
}
