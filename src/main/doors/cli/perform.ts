import type { ExitCode } from './exit-codes.ts';
import type { Session, SessionOptions } from './session.ts';

/** Opens a session, does a command in it, and closes it. */
export type Perform = (
  command: (session: Session) => Promise<ExitCode>,
  options?: SessionOptions,
) => Promise<void>;
