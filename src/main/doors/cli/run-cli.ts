import { CommanderError } from 'commander';
import { withTrace } from '#main/core/trace.ts';
import { OmegaError } from '#shared/error.ts';
import { locateApp } from '../transport/app-location.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { Session } from './session.ts';
import { printable, processTerminal } from './terminal.ts';

/** Does one command; the exit code is the answer, whatever happens. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  const terminal = processTerminal(args.includes('--json'));
  let code: ExitCode = exitCodes.fine;
  try {
    const location = locateApp(import.meta.dirname);
    const program = createProgram(location.version, terminal, async (command, options) => {
      const session = await Session.open(location, terminal, options);
      try {
        code = await command(session);
        if (session.signal.aborted) code = exitCodes.interrupted;
      } finally {
        await session.dispose();
      }
    });
    // One trace for all that a command calls.
    await withTrace(null, () => program.parseAsync([...args], { from: 'user' }));
    await terminal.flush();
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.fine;
      terminal.json({ error: { code: 'INVALID_INPUT', message: error.message, retryable: false } });
      return exitCodes.usage;
    }
    const known =
      error instanceof OmegaError
        ? error
        : new OmegaError('INTERNAL', error instanceof Error ? error.message : String(error));
    terminal.json({ error: known.toData() });
    terminal.note(`omega: ${printable(known.message)}`);
    return exitCodeOf(known.code);
  }
}
