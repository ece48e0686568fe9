import { parseArgs } from 'node:util';
import { OmegaError } from '#shared/error.ts';
import { createSessionToken, isUsableToken } from './session-token.ts';

/** How the browser door is to be opened. `port` 0 means a free one; `why` is for a person to read. */
export type WebOptions = {
  readonly port: number;
  readonly token: string;
  readonly why: string | null;
};

/**
 * Reads `--port P`, `OMEGA_PORT`, `OMEGA_TOKEN` and `OMEGA_WHY`; a flag wins over the environment.
 * Throws `INVALID_INPUT` for anything else.
 */
export function readWebOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): WebOptions {
  const token = env.OMEGA_TOKEN || createSessionToken();
  if (!isUsableToken(token)) {
    throw invalid('OMEGA_TOKEN must be 16 to 256 letters, digits, "-" or "_".');
  }
  return {
    port: readPort(parseFlags(args).port ?? env.OMEGA_PORT),
    token,
    why: env.OMEGA_WHY || null,
  };
}

function parseFlags(args: readonly string[]): { readonly port?: string | undefined } {
  try {
    return parseArgs({ args: [...args], options: { port: { type: 'string' } } }).values;
  } catch (cause) {
    throw invalid(
      'Usage: --port P, with P from 1 to 65535; without it a free port is taken.',
      cause,
    );
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) {
    throw invalid(`"${text.slice(0, 40)}" is not a port; give a number from 1 to 65535.`);
  }
  return port;
}

function invalid(message: string, cause?: unknown): OmegaError {
  return new OmegaError('INVALID_INPUT', message, { cause });
}
