import { describe, expect, it } from 'vitest';
import { learningApi } from '../../../support/learning-api.ts';
import { modelApi } from '../../../support/model-api.ts';
import { nodeProject } from '../../../support/node-project.ts';
import { answering, draftIn } from '../../../support/scripted-gate.ts';
import { storedMemory } from '../../../support/stored-memory.ts';

const label = 'LABEL org.example.team="shop"';
const taught = (text: string): string => text.replace(/^USER /m, `${label}\nUSER `);

/** A data folder in which an edit of such files was accepted, and a file of `rejected` refused. */
async function taughtFolder(rejected: string): Promise<string> {
  const { dataFolder, teach, first, decide, api } = await learningApi();
  await teach(nodeProject('orders'), taught);
  const proposal = await first(rejected);
  await decide(proposal.id, 'rejected');
  await api.dispose();
  return dataFolder;
}

describe('what the user taught', () => {
  it('is told to the model, is not made in its file, and is cited where it did it', async () => {
    const root = nodeProject('billing', { port: 4100 });
    const dataFolder = await taughtFolder(root);
    const { generate, requests, call } = await modelApi(
      (request, index) =>
        answering(request, (path) => {
          const draft = draftIn(request, path);
          return path === 'Dockerfile' && index === 1 ? taught(draft) : draft;
        }),
      { dataFolder },
    );
    const plain = await generate(root);
    expect(requests[0]?.prompt).toContain(`+${label}`);
    expect(requests[0]?.prompt).toContain('The user rejected an earlier text of this file.');
    expect(plain.get('Dockerfile').content).not.toContain(label);
    expect(plain.get('Dockerfile').provenance.memories).toEqual([]);
    expect(JSON.stringify(plain.get('Dockerfile').findings)).toContain('You rejected');
    // The draft is the blueprint's own, without the lesson.
    const { provenance } = (await generate(root)).get('Dockerfile');
    expect(provenance.memories).toMatchObject([{ effect: 'edit' }]);
    expect(requests[1]?.prompt).toBe(requests[0]?.prompt);
    await generate(root, { memory: false });
    expect(requests[2]?.prompt).not.toContain(label);
    const preview = await call('prompt.preview', {
      ...{ root, kind: 'dockerfile', service: 'billing', use: 'openai', model: 'm' },
    } as const);
    expect(preview.prompt).toBe(requests[0]?.prompt);
  });

  it('is told to the model as a policy too, where it fits the draft', async () => {
    const { dataFolder, teach, call, api } = await learningApi();
    await teach(nodeProject('orders'), taught);
    await teach(nodeProject('feeds', { framework: 'koa' }), taught);
    await teach(nodeProject('carts', { manager: 'yarn' }), taught);
    await call('loop.run', { type: 'transformative' });
    await api.dispose();
    const { generate, requests } = await modelApi(
      (request) => answering(request, (path) => taught(draftIn(request, path))),
      { dataFolder },
    );
    const unlike = nodeProject('mails', { framework: 'koa', manager: 'yarn' });
    const { content, provenance } = (await generate(unlike)).get('Dockerfile');
    expect(requests[0]?.prompt).toContain(`+${label}`);
    expect(content).toContain(label);
    expect(provenance.memories).toMatchObject([{ effect: 'policy' }]);
  });

  it('grows by decisions on files of models too', async () => {
    const root = nodeProject('orders');
    const { generate, call, api, dataFolder } = await modelApi((request) =>
      answering(request, (path) => draftIn(request, path)),
    );
    const { get } = await generate(root);
    const { id, content } = get('Dockerfile');
    await call('proposal.edit', { id, content: taught(content) });
    await call('proposal.decide', { ids: [id], state: 'accepted' });
    await api.dispose();
    const stored = await storedMemory(dataFolder);
    expect(stored.all('edit')).toMatchObject([
      {
        metadata: { summary: `+ ${label}` },
        text: expect.stringContaining('that the model openai/openai-model made'),
      },
    ]);
  });
});
