import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelWork } from '#main/generation/ai/model-work.ts';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import { modelProviders } from '#shared/providers.ts';
import type { Proposal, RunRequest } from '#shared/run.ts';
import type { AnswerName } from '#test/stand-ins/answers/named.ts';
import type { BehaviourChange } from '#test/stand-ins/server.ts';
import { errorsOf, modelNotes } from '../../../support/model-api.ts';
import { nodeProject } from '../../../support/node-project.ts';
import { openApi } from '../../../support/open-api.ts';
import { standInModels } from '../../../support/stand-in-models.ts';

/** An app whose models are behind the real gate, the real protocols and a real socket. */
async function appOn(behaviour: BehaviourChange = {}) {
  const { standIn, models } = await standInModels(behaviour);
  // The reactive loop would put the blueprint's file in the place of what is looked at here.
  const env = { OMEGA_PROVIDERS_REPAIR_ROUNDS: '1', OMEGA_LOOPS_ENABLE_REACTIVE: 'false' };
  const opened = await openApi({ ports: offlinePorts, models: modelWork(models), env });
  const generate = async (request: Omit<RunRequest, 'kinds'> & Partial<RunRequest>) => {
    const run = await opened.runToEnd({ kinds: ['dockerfile'], ...request });
    const proposals = new Map<string, Proposal>();
    for (const { id } of await opened.call('proposal.list', { runId: run.id })) {
      const proposal = await opened.call('proposal.get', { id });
      proposals.set(proposal.path, proposal);
    }
    return { run, proposals };
  };
  return { standIn, generate, events: opened.events };
}

describe('through the gate and a socket', () => {
  it.each(modelProviders)('%s writes files that are streamed and proposed', async (use) => {
    const { standIn, generate, events } = await appOn();
    const root = nodeProject('orders');
    const { run, proposals } = await generate({ roots: [root], use });
    const dockerfile = proposals.get('Dockerfile');
    expect(dockerfile?.provenance.origin).toMatchObject({ type: 'model', provider: use });
    const pieces = events.filter((event) => event.type === 'proposal.streamed');
    const own = pieces.filter(({ path }) => path === 'Dockerfile').map(({ piece }) => piece);
    expect(own.join('')).toBe(dockerfile?.content);
    const calls = standIn.log.calls.length;
    expect(run.jobs[0]?.usage?.calls).toBe(calls);
    expect(run.jobs[0]?.usage?.inputTokens).toBeGreaterThan(500);
    // Asked again it comes from the cache, with the same file.
    const again = await generate({ roots: [root], use });
    expect(standIn.log.calls).toHaveLength(calls);
    expect(again.run.jobs[0]?.usage).toMatchObject({ cached: calls, inputTokens: 0, costUsd: 0 });
    expect(again.proposals.get('Dockerfile')?.content).toBe(dockerfile?.content);
  });

  it.each<[AnswerName, RegExp]>([
    ['prose', /no usable file/],
    ['empty', /no usable file/],
    ['unclosed', /./],
    ['500-files', /was refused/],
    ['parent-path', /authorized_keys.*was refused/],
    ['absolute-path', /passwd.*was refused/],
    ['git-hook', /pre-commit.*was refused/],
    ['malformed-dockerfile', /blueprint's has no error/],
    ['privileged-dockerfile', /blueprint's has no error/],
    ['with-secret', /blueprint's has no error/],
  ])('the answer "%s" ends in a finding, and nothing is written', async (answer, said) => {
    const { generate } = await appOn({ answer });
    const root = nodeProject('orders');
    const before = readdirSync(root);
    const { run, proposals } = await generate({ roots: [root], use: 'openai' });
    expect(run.jobs[0]?.state).toBe('completed');
    expect([...proposals.keys()].toSorted()).toEqual(['.dockerignore', 'Dockerfile']);
    const notes = [...proposals.values()].flatMap(modelNotes).join('\n');
    expect(notes).toMatch(said);
    expect(readdirSync(root)).toEqual(before);
  });

  it('a privileged manifest has errors', async () => {
    const { generate } = await appOn({ answer: 'privileged' });
    const root = nodeProject('orders');
    const { proposals } = await generate({ roots: [root], kinds: ['kubernetes'], use: 'gemini' });
    const manifest = [...proposals.values()][0];
    expect(manifest && errorsOf(manifest)).toContain('kubernetes/privileged');
  });

  it('a wrong key fails the job, and says what to do', async () => {
    const { generate } = await appOn({ keys: { openai: 'another' } });
    const { run } = await generate({ roots: [nodeProject('orders')], use: 'openai' });
    expect(run.jobs[0]).toMatchObject({ state: 'failed', error: { code: 'UNAUTHORIZED' } });
  });

  it('makes one call a chunk: ceil(n / size)', async () => {
    for (const [batchSize, calls] of [
      [1, 3],
      [2, 2],
      [5, 1],
    ] as const) {
      const { standIn, generate } = await appOn({ answer: 'valid' });
      const root = nodeProject('orders');
      const kinds = ['dockerfile', 'compose', 'kubernetes'] as const;
      const { run } = await generate({
        roots: [root],
        kinds: [...kinds],
        batchSize,
        use: 'ollama',
      });
      expect(run.jobs.map(({ state }) => state)).toEqual(Array(3).fill('completed'));
      const repairs = run.jobs.reduce((sum, { usage }) => sum + (usage?.repairs ?? 0), 0);
      expect(standIn.log.calls.length - repairs).toBe(calls);
    }
  });
});
