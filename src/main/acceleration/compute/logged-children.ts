import type { AsyncResource } from '#main/core/disposable.ts';
import type { Logger } from '#main/core/logger.ts';
import { onBehalfOf } from '#main/core/trace.ts';
import { logLevels } from '#shared/settings/log-settings.ts';
import { childLineSchema } from './child-log.ts';
import type { ComputeChild, SpawnCompute } from './compute-port.ts';

/** Lines that one child may write in a minute; a native library can print without end. */
const linesPerMinute = 200;

/**
 * Brings what child processes say into the app's log, with the part that they are, their pid and the
 * trace that they worked for: the lines that they send, and those of their standard error (info).
 */
export class LoggedChildren implements AsyncResource {
  readonly #logger: Logger;
  readonly #alive = new Set<ComputeChild>();
  readonly #onLevel = (): void => {
    for (const child of this.#alive) this.#tellLevel(child);
  };

  constructor(logger: Logger) {
    this.#logger = logger;
    logger.on('level-change', this.#onLevel);
  }

  /** The same children, logged as those of `part`. */
  wrap(spawn: SpawnCompute, part: string): SpawnCompute {
    return () => {
      const child = spawn();
      this.#alive.add(child);
      const { write, settle } = this.#budget(part, child);
      let asked = false;
      child.onOutput((line) =>
        write(null, () => this.#logger.info({ part, child: child.pid }, line)),
      );
      child.onExit((how) => {
        this.#alive.delete(child);
        onBehalfOf(null, () => {
          settle();
          const fields = { part, child: child.pid };
          if (!asked) this.#logger.info(fields, `The process ended by itself: ${how}.`);
        });
      });
      this.#tellLevel(child);
      return {
        get pid() {
          return child.pid;
        },
        send: (message) => child.send(message),
        onMessage: (listener) =>
          child.onMessage((message) => {
            if ((message as { type?: unknown } | null)?.type !== 'log') return listener(message);
            const parsed = childLineSchema.safeParse(message);
            if (!parsed.success) return;
            const { level, message: text, trace, fields } = parsed.data;
            write(trace, () => this.#logger[level]({ part, child: child.pid, ...fields }, text));
          }),
        onExit: (listener) => child.onExit(listener),
        onOutput: (listener) => child.onOutput(listener),
        kill: () => {
          asked = true;
          child.kill();
        },
      };
    };
  }

  dispose(): void {
    this.#logger.off('level-change', this.#onLevel);
    this.#alive.clear();
  }

  #tellLevel(child: ComputeChild): void {
    const level = logLevels.find((known) => known === this.#logger.level) ?? 'info';
    child.send({ type: 'log-level', level });
  }

  /** Writes under a trace while the child keeps within its lines; says what was left out. */
  #budget(part: string, child: ComputeChild) {
    let [minute, lines] = [0, 0];
    const settle = (): void => {
      const left = lines - linesPerMinute;
      lines = 0;
      if (left > 0) this.#logger.info({ part, child: child.pid }, `${left} lines were left out.`);
    };
    const write = (trace: string | null, line: () => void): void => {
      const now = Math.floor(Date.now() / 60_000);
      if (now !== minute) onBehalfOf(null, settle);
      minute = now;
      lines += 1;
      if (lines <= linesPerMinute) onBehalfOf(trace, line);
    };
    return { write, settle };
  }
}
