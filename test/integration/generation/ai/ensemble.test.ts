import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ModelRequest } from '#main/providers/provider.ts';
import { OmegaError } from '#shared/error.ts';
import type { EnsemblePreset, ModelProvider } from '#shared/providers.ts';
import { errorsOf, modelApi, modelNotes } from '../../../support/model-api.ts';
import { nodeProject } from '../../../support/node-project.ts';
import { answering, draftIn } from '../../../support/scripted-gate.ts';

const members = ['openai', 'anthropic', 'gemini'] as const;
const env = {
  OMEGA_PROVIDERS_MEMBERS: members.join(','),
  OMEGA_PROVIDERS_REPAIR_ROUNDS: '0',
};
const presets = ['balanced', 'fast', 'quality', 'diverse'] as const;

type Kind = 'valid' | 'malformed' | 'privileged';
const kinds: readonly Kind[] = ['valid', 'malformed', 'privileged'];
const answers: Readonly<Record<Kind, (request: ModelRequest) => string>> = {
  valid: (request) =>
    answering(request, (path) =>
      draftIn(request, path).replace(/^(name: .*)$/m, '$1 # by a model'),
    ),
  malformed: (request) => answering(request, () => 'services:\n  api: [\n'),
  privileged: (request) =>
    answering(request, (path) =>
      draftIn(request, path).replace(/^( {4})build:/m, '$1privileged: true\n$1build:'),
    ),
};

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, at) =>
    permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]),
  );
}

describe.each(presets)('the ensemble %s', (ensemble) => {
  it('takes the valid answer, whoever gives it and in whatever order they come', async () => {
    const root = nodeProject('orders');
    let assigned: readonly Kind[] = kinds;
    let delays: readonly number[] = [0, 1, 2];
    const { generate } = await modelApi(
      async (request, _, { signal }) => {
        const at = members.indexOf(request.provider as (typeof members)[number]);
        await setTimeout((delays[at] ?? 0) * 15, null, { signal });
        return answers[assigned[at] ?? 'valid'](request);
      },
      { env },
    );
    for (const [turn, order] of permutations(kinds).entries()) {
      assigned = order;
      delays = permutations([0, 1, 2])[(turn * 5) % 6] ?? [];
      const { get } = await generate(root, { kinds: ['compose'], ensemble });
      const proposal = get('compose.yaml');
      expect(errorsOf(proposal), order.join()).toEqual([]);
      expect(proposal.content).toContain('# by a model');
      const winner = members[order.indexOf('valid')];
      expect(proposal.provenance.origin).toMatchObject({ type: 'model', provider: winner });
    }
  }, 60_000);

  it('goes on without a member that fails, and says so', async () => {
    const root = nodeProject('orders');
    const { generate } = await modelApi(
      async (request) => {
        if (request.provider === 'openai') throw new OmegaError('UNAUTHORIZED', 'A wrong key.');
        // The others are slower, so that the failure comes before any of them has won.
        await setTimeout(20);
        return answers.valid(request);
      },
      { env },
    );
    const { get } = await generate(root, { kinds: ['compose'], ensemble });
    expect(errorsOf(get('compose.yaml'))).toEqual([]);
    expect(modelNotes(get('compose.yaml')).join()).toMatch(
      /openai was asked too and dropped out: A wrong/,
    );
  });

  it('fails with what the first member said where all fail', async () => {
    const root = nodeProject('orders');
    const { generate } = await modelApi(
      (request) => {
        throw new OmegaError('UNAVAILABLE', `${request.provider} is down.`, { retryable: true });
      },
      { env },
    );
    const { run } = await generate(root, { kinds: ['compose'], ensemble });
    expect(run.jobs[0]).toMatchObject({ state: 'failed', error: { code: 'UNAVAILABLE' } });
  });
});

describe('the calls of an ensemble', () => {
  const calls = async (ensemble: EnsemblePreset) => {
    const root = nodeProject('orders');
    const { generate, requests, asked } = await modelApi((request) => answers.valid(request), {
      env,
    });
    const { run } = await generate(root, { kinds: ['compose'], ensemble });
    const made = requests
      .map(({ provider, temperature }) => `${provider} ${temperature}`)
      .toSorted();
    return { made, asked, usage: run.jobs[0]?.usage };
  };
  const each = (...temperatures: number[]): readonly string[] =>
    members.flatMap((member) => temperatures.map((one) => `${member} ${one}`)).toSorted();

  it('differ by preset', async () => {
    expect((await calls('off')).made).toEqual(['openai 0.2']);
    expect((await calls('balanced')).made).toEqual(each(0.2));
    expect((await calls('fast')).made).toEqual(each(0.2));
    expect((await calls('quality')).made).toEqual(each(0.2, 0.6));
    const diverse = await calls('diverse');
    expect(diverse.made).toEqual(each(0, 0.5, 1));
    expect(diverse.usage).toMatchObject({ calls: 9, inputTokens: 900 });
  });

  it('name no fallback: a member that fails drops out, and is not asked for twice', async () => {
    const { asked } = await calls('balanced');
    for (const { fallbacks } of asked) expect(fallbacks).toEqual([]);
  });

  it('are ended once the preset fast has a valid answer', async () => {
    const root = nodeProject('orders');
    const ended: ModelProvider[] = [];
    const { generate } = await modelApi(
      async (request, _, { signal }) => {
        if (request.provider === 'gemini') return answers.valid(request);
        await setTimeout(20_000, null, { signal }).catch((error: unknown) => {
          ended.push(request.provider);
          throw error;
        });
        return answers.valid(request);
      },
      { env },
    );
    const { get } = await generate(root, { kinds: ['compose'], ensemble: 'fast' });
    expect(get('compose.yaml').provenance.origin).toMatchObject({ provider: 'gemini' });
    expect(ended.toSorted()).toEqual(['anthropic', 'openai']);
    expect(modelNotes(get('compose.yaml'))).toEqual([]);
  }, 15_000);

  it('have one round of repair with the preset quality, also where none is set', async () => {
    const root = nodeProject('orders');
    const { generate, requests } = await modelApi((request) => answers.privileged(request), {
      env,
    });
    const { run } = await generate(root, { kinds: ['compose'], ensemble: 'quality' });
    expect(requests).toHaveLength(7);
    expect(run.jobs[0]?.usage).toMatchObject({ calls: 7, repairs: 1 });
  });
});
