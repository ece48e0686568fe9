/** A running child process as its parent uses it; the same for Node's fork and Electron's utility process. */
export type ComputeChild = {
  readonly pid: number | undefined;
  /** Sends a message by structured clone; one to a process that is gone is dropped. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Tells once that the process is gone or never started, and how it ended. */
  onExit(listener: (how: string) => void): void;
  /** Tells each line of the process's standard error. */
  onOutput(listener: (line: string) => void): void;
  /** Ends the process at once. */
  kill(): void;
};

/** Starts a compute process; never throws, what cannot start exits. */
export type SpawnCompute = () => ComputeChild;
