import type { OmegaEvent } from '#shared/contract.ts';
import type { Run, RunRequest } from '#shared/run.ts';
import { RunProgress } from './run-progress.ts';
import type { Session } from './session.ts';

/** Starts a run and waits for its end, with a bar on a terminal; Ctrl-C cancels it and waits. */
export async function followRun(session: Session, request: RunRequest): Promise<Run> {
  const progress = new RunProgress(process.stderr);
  const ended = Promise.withResolvers<void>();
  let runId: string | null = null;
  const stopListening = session.listen((event: OmegaEvent) => {
    progress.see(event);
    if (event.type === 'run.updated' && event.run.id === runId && event.run.endedAt !== null) {
      ended.resolve();
    }
  });
  const cancel = (): void => {
    if (runId === null) return;
    session.call('run.cancel', { id: runId }, null).then(() => ended.resolve(), ended.reject);
  };
  session.signal.addEventListener('abort', cancel);
  try {
    const run = await session.call('run.start', request);
    runId = run.id;
    if (session.signal.aborted) cancel();
    await ended.promise;
    return await session.call('run.get', { id: run.id }, null);
  } finally {
    session.signal.removeEventListener('abort', cancel);
    stopListening();
    progress.clear();
  }
}
