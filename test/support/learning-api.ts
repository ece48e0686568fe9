import { offlinePorts } from '#main/generation/offline-ports.ts';
import type { ArtifactKind } from '#shared/artifact.ts';
import type { Proposal } from '#shared/run.ts';
import { openApi } from './open-api.ts';
import { storedMemory } from './stored-memory.ts';
import { tempFolder } from './temp-folder.ts';

/** An api with the real scan, blueprints and validation, and a memory in the real store. */
export async function learningApi(options: Parameters<typeof openApi>[0] = {}) {
  const dataFolder = tempFolder();
  const stored = await storedMemory(dataFolder);
  const opened = await openApi({
    ...options,
    dataFolder,
    ports: offlinePorts,
  });
  const { call, runToEnd } = opened;
  /** The proposals of a new run, by path. */
  const generate = async (root: string, kind: ArtifactKind = 'dockerfile', memory = true) => {
    const run = await runToEnd({ roots: [root], kinds: [kind], memory });
    const proposals = new Map<string, Proposal>();
    for (const { id } of await call('proposal.list', { runId: run.id })) {
      const proposal = await call('proposal.get', { id });
      proposals.set(proposal.path, proposal);
    }
    return proposals;
  };
  /** The main file of a new run. */
  const first = async (root: string, kind: ArtifactKind = 'dockerfile', memory = true) => {
    const [proposal] = (await generate(root, kind, memory)).values();
    if (!proposal) throw new Error('Nothing was proposed');
    return proposal;
  };
  const decide = (id: string, state: 'open' | 'accepted' | 'rejected') =>
    call('proposal.decide', { ids: [id], state });
  /** Generates, edits the main file and accepts it. */
  const teach = async (
    root: string,
    edit: (content: string) => string,
    kind: ArtifactKind = 'dockerfile',
  ) => {
    const proposal = await first(root, kind);
    await call('proposal.edit', { id: proposal.id, content: edit(proposal.content) });
    await decide(proposal.id, 'accepted');
    return proposal;
  };
  return { ...opened, stored, generate, first, decide, teach };
}

/** Replaces a text that must be there; a test whose edit does nothing tests nothing. */
export function swap(from: string, to: string): (content: string) => string {
  return (content) => {
    if (!content.includes(from)) throw new Error(`"${from}" is not in the file:\n${content}`);
    return content.replace(from, to);
  };
}
