import { modelWork } from '#main/generation/ai/model-work.ts';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import type { Proposal, RunRequest } from '#shared/run.ts';
import { openApi } from './open-api.ts';
import { type Script, scriptedGate } from './scripted-gate.ts';

/**
 * An api with the real scan, blueprints, validation and engine, whose models answer from a script. The
 * reactive loop is off: it would put the blueprint's file in the place of what a test looks at.
 */
export async function modelApi(script: Script, options: Parameters<typeof openApi>[0] = {}) {
  const scripted = scriptedGate(script);
  const models = modelWork(scripted.models);
  const env = { OMEGA_LOOPS_ENABLE_REACTIVE: 'false', ...(options.env ?? process.env) };
  const opened = await openApi({ ...options, env, ports: offlinePorts, models });
  /** A run to its end, with its proposals by path. */
  const generate = async (root: string, request: Partial<RunRequest> = {}) => {
    const run = await opened.runToEnd({
      roots: [root],
      kinds: ['dockerfile'],
      use: 'openai',
      ...request,
    });
    const proposals = new Map<string, Proposal>();
    for (const { id } of await opened.call('proposal.list', { runId: run.id })) {
      const proposal = await opened.call('proposal.get', { id });
      proposals.set(proposal.path, proposal);
    }
    const get = (path: string): Proposal => {
      const found = proposals.get(path);
      if (!found) throw new Error(`${path} was not proposed, but ${[...proposals.keys()]}`);
      return found;
    };
    return { run, proposals, get };
  };
  return { ...opened, ...scripted, generate };
}

/** The messages of findings of how a model's file came about. */
export function modelNotes({ findings }: Proposal): readonly string[] {
  return findings.filter(({ rule }) => rule === 'omega/model').map(({ message }) => message);
}

/** The rules of error-level findings. */
export function errorsOf({ findings }: Proposal): readonly string[] {
  return findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
}
