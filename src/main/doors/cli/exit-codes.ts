import type { ErrorCode } from '#shared/error.ts';
import type { ApplyReport, UndoReport } from '#shared/review.ts';

/** What the command's exit code says. */
export const exitCodes = { fine: 0, findings: 1, usage: 2, refused: 3, interrupted: 130 } as const;
/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit codes as `--help` shows them. */
export const exitCodesHelp = `
Exit codes:
  0    fine
  1    a finding of level error, a failed job, or a file that could not be read or written
  2    wrong usage: an unknown option, or a folder, run, memory or the like that does not exist
  3    refused for safety: a file changed meanwhile, was not written by Omega, or must not be written
  130  interrupted with Ctrl-C; what was under way was stopped and nothing is half-written`;

const byCode: Partial<Record<ErrorCode, ExitCode>> = {
  INVALID_INPUT: exitCodes.usage,
  NOT_FOUND: exitCodes.usage,
  REFUSED: exitCodes.refused,
  CONFLICT: exitCodes.refused,
  CANCELLED: exitCodes.interrupted,
};

/** The exit code for an error of the api. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return byCode[code] ?? exitCodes.findings;
}

/** The gravest of several exit codes. */
export function gravest(codes: readonly ExitCode[]): ExitCode {
  return codes.reduce((worst, code) => (code > worst ? code : worst), exitCodes.fine);
}

/** The exit code for the outcomes of a write or an undo. */
export function exitCodeOfOutcomes(
  outcomes: readonly (ApplyReport | UndoReport)['outcomes'][number][],
): ExitCode {
  return gravest(
    outcomes.map(({ code }) => {
      if (code === null) return exitCodes.fine;
      return code === 'REFUSED' || code === 'CONFLICT' ? exitCodes.refused : exitCodes.findings;
    }),
  );
}
