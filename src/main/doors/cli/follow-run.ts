import type { OmegaEvent } from '#shared/contract.ts';
import type { Run } from '#shared/run.ts';
import { RunProgress } from './run-progress.ts';
import type { Session } from './session.ts';

/**
 * Starts or resumes a run and waits until it has ended or is paused, with a bar on a terminal; Ctrl-C
 * cancels it and waits.
 */
export async function followRun(session: Session, begin: () => Promise<Run>): Promise<Run> {
  const progress = new RunProgress(process.stderr);
  const ended = Promise.withResolvers<void>();
  // A run can be over before the answer to its start is here.
  const over = new Set<string>();
  let runId: string | null = null;
  const stopListening = session.listen((event: OmegaEvent) => {
    progress.see(event);
    if (event.type !== 'run.updated') return;
    if (event.run.endedAt !== null || event.run.state === 'paused') over.add(event.run.id);
    if (runId !== null && over.has(runId)) ended.resolve();
  });
  const cancel = (): void => {
    if (runId === null) return;
    session.call('run.cancel', { id: runId }, null).then(() => ended.resolve(), ended.reject);
  };
  session.signal.addEventListener('abort', cancel);
  try {
    const run = await begin();
    runId = run.id;
    if (over.has(runId)) ended.resolve();
    if (session.signal.aborted) cancel();
    await ended.promise;
    return await session.call('run.get', { id: run.id }, null);
  } finally {
    session.signal.removeEventListener('abort', cancel);
    stopListening();
    progress.clear();
  }
}
