import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OmegaError } from '#shared/error.ts';
import { errorsOf, modelApi, modelNotes } from '../../../support/model-api.ts';
import { nodeProject } from '../../../support/node-project.ts';
import { answering, draftIn } from '../../../support/scripted-gate.ts';

const good = `# syntax=docker/dockerfile:1
FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
FROM node:22-slim
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY package.json server.js ./
USER node
EXPOSE 3000
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:3000/health')"]
CMD ["node", "server.js"]
`;
const bad = good.replace('COPY --from=build', 'COPY --from=nowhere');
const dockerfile = (content: string) => (path: string) =>
  path === 'Dockerfile' ? content : '.git\nnode_modules\n.env\n';

describe('a file of a model', () => {
  it('is proposed with who wrote it, what it took, and the pieces in which it came', async () => {
    const root = nodeProject('orders');
    const { generate, requests, asked, events } = await modelApi(
      (request) => `Sure!\n${answering(request, dockerfile(good))}Bye`,
    );
    const { run, get } = await generate(root, { priority: 3, cache: 'refresh' });
    expect(get('Dockerfile')).toMatchObject({
      content: good,
      state: 'open',
      provenance: {
        origin: {
          type: 'model',
          provider: 'openai',
          model: 'openai-model',
          repairs: 0,
          cached: false,
        },
      },
    });
    expect(errorsOf(get('Dockerfile'))).toEqual([]);
    expect(get('.dockerignore').content).toBe('.git\nnode_modules\n.env\n');
    expect(run.jobs[0]).toMatchObject({
      state: 'completed',
      files: 2,
      errors: 0,
      usage: { calls: 1, cached: 0, inputTokens: 100, outputTokens: 11, costUsd: 0.01, repairs: 0 },
    });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ temperature: 0.2, maxTokens: 8000, schema: null });
    expect(asked[0]).toMatchObject({ runId: run.id, priority: 3, cache: 'refresh', project: root });
    const pieces = events.filter((event) => event.type === 'proposal.streamed');
    const streamed = pieces.filter(({ path }) => path === 'Dockerfile').map(({ piece }) => piece);
    expect(streamed.join('')).toBe(good);
    expect(new Set(pieces.map(({ jobId }) => jobId))).toEqual(new Set([run.jobs[0]?.id]));
    expect(existsSync(join(root, 'Dockerfile'))).toBe(false);
  });

  it('is what the preview showed: byte for byte, twice, and without the folder of the user', async () => {
    const root = nodeProject('orders');
    const { generate, call, requests } = await modelApi((request) =>
      answering(request, dockerfile(good)),
    );
    const wanted = { root, kind: 'dockerfile', service: 'orders', use: 'openai' } as const;
    const preview = await call('prompt.preview', { ...wanted, model: 'm' });
    expect(requests).toHaveLength(0);
    await generate(root, { model: 'm' });
    await generate(root, { model: 'm' });
    for (const request of requests) {
      expect(request.system).toBe(preview.system);
      expect(request.prompt).toBe(preview.prompt);
      expect(request.model).toBe(preview.model);
    }
    expect(requests).toHaveLength(2);
    expect(preview.prompt).not.toContain(root);
    expect(preview.files.map(({ path }) => path)).toEqual(['package.json', 'server.js']);
    await expect(call('prompt.preview', { ...wanted, service: 'nobody' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is repaired: its findings go back, and the best attempt is kept', async () => {
    const root = nodeProject('orders');
    const { generate, requests } = await modelApi((request, index) =>
      answering(request, dockerfile(index === 0 ? bad : good)),
    );
    const { run, get } = await generate(root);
    expect(requests).toHaveLength(2);
    expect(requests[1]?.prompt).toContain('dockerfile/unknown-stage');
    expect(requests[1]?.prompt).toContain('--from=nowhere');
    expect(get('Dockerfile').content).toBe(good);
    expect(get('Dockerfile').provenance.origin).toMatchObject({ type: 'model', repairs: 1 });
    expect(run.jobs[0]?.usage).toMatchObject({ calls: 2, repairs: 1, inputTokens: 200 });
  });

  it('is the best of all attempts where repair makes it worse, at most as often as is set', async () => {
    const root = nodeProject('orders');
    const worse = bad.replace('USER node\n', 'USER root\n');
    const { generate, requests } = await modelApi((request, index) =>
      answering(request, dockerfile(index === 0 ? bad : worse)),
    );
    const { get } = await generate(root);
    expect(requests).toHaveLength(3);
    expect(get('Dockerfile').content).toBe(bad);
    expect(get('Dockerfile').provenance.origin).toMatchObject({ repairs: 0 });
  });

  it('offers the blueprint where it has errors that the blueprint has not, there and back', async () => {
    const root = nodeProject('orders');
    const { generate, call } = await modelApi((request) => answering(request, dockerfile(bad)));
    const { run, get } = await generate(root);
    const proposal = get('Dockerfile');
    expect(errorsOf(proposal)).toContain('dockerfile/unknown-stage');
    expect(modelNotes(proposal).join()).toMatch(/blueprint's has no error. Take it/);
    expect(proposal.alternative).toBe('blueprint');
    const swapped = await call('proposal.swap', { id: proposal.id });
    expect(swapped.alternative).toBe('model');
    const listed = await call('proposal.list', { runId: run.id });
    expect(listed.map(({ path, alternative }) => [path, alternative])).toEqual(
      expect.arrayContaining([
        ['Dockerfile', 'model'],
        ['.dockerignore', undefined],
      ]),
    );
    expect(swapped.provenance.origin.type).toBe('blueprint');
    expect(errorsOf(swapped)).toEqual([]);
    await call('proposal.decide', { ids: [swapped.id], state: 'accepted' });
    const [report] = await call('proposal.apply', { runId: run.id, ids: [swapped.id] });
    expect(report?.outcomes).toMatchObject([{ path: 'Dockerfile', status: 'written' }]);
    const back = await call('proposal.swap', { id: proposal.id });
    expect(back).toMatchObject({ content: bad, provenance: proposal.provenance });
    await expect(call('proposal.swap', { id: get('.dockerignore').id })).rejects.toMatchObject({
      code: 'NOT_AVAILABLE',
    });
  });

  it('with errors is not written, even where it was accepted', async () => {
    const root = nodeProject('orders');
    const { generate, call } = await modelApi((request) => answering(request, dockerfile(bad)));
    const { run, get } = await generate(root);
    const { id } = get('Dockerfile');
    await call('proposal.decide', { ids: [id], state: 'accepted' });
    const [report] = await call('proposal.apply', { runId: run.id, ids: [id] });
    expect(report?.outcomes).toMatchObject([{ path: 'Dockerfile', status: 'refused' }]);
    expect(existsSync(join(root, 'Dockerfile'))).toBe(false);
  });

  it('is the blueprint’s where the model gave none, and says so', async () => {
    const root = nodeProject('orders');
    const { generate, requests } = await modelApi(() => 'I am sorry, I cannot do that.');
    const { run, get } = await generate(root);
    expect(requests).toHaveLength(3);
    expect(get('Dockerfile').provenance.origin.type).toBe('blueprint');
    expect(modelNotes(get('Dockerfile')).join()).toMatch(/gave no usable file/);
    expect(run.jobs[0]).toMatchObject({ state: 'completed', usage: { calls: 3, repairs: 2 } });
  });

  it('brings the ignore file of the blueprint where the model left it out', async () => {
    const root = nodeProject('orders');
    const { generate } = await modelApi((request) =>
      answering(request, (path) => (path === 'Dockerfile' ? good : null)),
    );
    const { get } = await generate(root);
    expect(get('Dockerfile').provenance.origin.type).toBe('model');
    expect(get('.dockerignore').provenance.origin.type).toBe('blueprint');
  });

  it('fails with the provider’s own error where nobody answers', async () => {
    const root = nodeProject('orders');
    const { generate } = await modelApi(() => {
      throw new OmegaError('UNAUTHORIZED', 'The key is wrong; set another one.');
    });
    const { run, proposals } = await generate(root);
    expect(run.jobs[0]).toMatchObject({ state: 'failed', error: { code: 'UNAUTHORIZED' } });
    expect(proposals.size).toBe(0);
  });

  it('that was cut off says so', async () => {
    const root = nodeProject('orders');
    const { generate } = await modelApi(
      (request) => {
        const text = answering(request, dockerfile(good));
        return { text: text.slice(0, text.indexOf('USER node')), finish: 'length' };
      },
      { env: { OMEGA_PROVIDERS_REPAIR_ROUNDS: '0' } },
    );
    const { get } = await generate(root);
    expect(modelNotes(get('Dockerfile')).join()).toMatch(/ended in the middle/);
    expect(errorsOf(get('Dockerfile'))).toContain('omega/model');
  });
});

describe('several files in one request', () => {
  const kinds = ['dockerfile', 'compose', 'kubernetes'] as const;

  it('go to their jobs, and the request’s cost is shared without a rest', async () => {
    const root = nodeProject('orders');
    const { generate, requests } = await modelApi((request) =>
      answering(request, (path) => draftIn(request, path)),
    );
    const { run, get } = await generate(root, { kinds: [...kinds], batchSize: 5 });
    expect(requests).toHaveLength(1);
    for (const path of ['Dockerfile', 'compose.yaml', 'k8s/orders.yaml']) {
      expect(get(path).provenance.origin.type).toBe('model');
    }
    const taken = run.jobs.map(({ usage }) => usage);
    const sum = (pick: (usage: NonNullable<(typeof taken)[number]>) => number | null): number =>
      taken.reduce((all, usage) => all + ((usage && pick(usage)) ?? 0), 0);
    expect(sum(({ calls }) => calls)).toBe(1);
    expect(sum(({ inputTokens }) => inputTokens)).toBe(100);
    expect(sum(({ outputTokens }) => outputTokens)).toBe(11);
    expect(sum(({ costUsd }) => costUsd)).toBeCloseTo(0.01, 10);
  });

  it('are asked for alone where they are missing, and each is repaired for itself', async () => {
    const root = nodeProject('orders');
    const { generate, requests } = await modelApi((request, index) =>
      answering(request, (path) => {
        if (index === 0 && path.startsWith('k8s/')) return null;
        const draft = draftIn(request, path);
        if (index === 0 && path === 'Dockerfile') return draft.replace('--from=build', '--from=no');
        return draft;
      }),
    );
    const { run, get } = await generate(root, { kinds: [...kinds], batchSize: 5 });
    expect(run.jobs.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
    expect(requests).toHaveLength(3);
    const opens = requests.map(({ prompt }) => [...prompt.matchAll(/^===FILE (\S+) /gm)].length);
    expect(opens[0]).toBeGreaterThanOrEqual(4);
    const alone = requests.slice(1).map(({ prompt }) => /^===FILE (\S+) /m.exec(prompt)?.[1]);
    expect(alone.toSorted()).toEqual(['Dockerfile', 'k8s/orders.yaml']);
    expect(errorsOf(get('Dockerfile'))).toEqual([]);
    expect(errorsOf(get('k8s/orders.yaml'))).toEqual([]);
  });

  it('end in their own error where one cannot be had, and keep the others', async () => {
    const root = nodeProject('orders');
    const { generate } = await modelApi((request, index) => {
      if (index > 0) throw new OmegaError('UNAVAILABLE', 'Try later.', { retryable: true });
      return answering(request, (path) =>
        path.startsWith('k8s/') ? null : draftIn(request, path),
      );
    });
    const { run } = await generate(root, { kinds: [...kinds], batchSize: 5 });
    const byKind = new Map(run.jobs.map((job) => [job.kind, job]));
    expect(byKind.get('dockerfile')?.state).toBe('completed');
    expect(byKind.get('compose')?.state).toBe('completed');
    expect(byKind.get('kubernetes')).toMatchObject({
      state: 'failed',
      error: { code: 'UNAVAILABLE' },
    });
  });
});

describe('secrets of a project', () => {
  it('are in no request, and the preview names where they stood', async () => {
    const root = nodeProject('orders');
    writeFileSync(join(root, '.env'), 'DB=sesame-env\n');
    writeFileSync(join(root, '.env.example'), 'DB=sesame-example\n');
    writeFileSync(
      join(root, 'Dockerfile'),
      'FROM node:22\nENV API_TOKEN=sesame-token\nCMD ["node", "server.js"]\n',
    );
    const listen = 'app.listen(3000);\nconst password = "sesame-source";\n';
    writeFileSync(join(root, 'server.js'), `const app = require('express')();\n${listen}`);
    const { generate, call, requests } = await modelApi((request) => answering(request, () => bad));
    const wanted = { root, kind: 'dockerfile', service: 'orders', use: 'openai' } as const;
    const { redactions } = await call('prompt.preview', { ...wanted, model: 'm' });
    expect(redactions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: 'Dockerfile', line: 2 }),
        expect.objectContaining({ path: 'server.js', line: 3 }),
        expect.objectContaining({ path: '.env.example', line: 1 }),
      ]),
    );
    await generate(root);
    expect(requests).toHaveLength(3);
    expect(JSON.stringify([requests, redactions])).not.toContain('sesame');
  });
});
