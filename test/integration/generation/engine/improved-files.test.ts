import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import { openApi } from '#test/support/open-api.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const author =
  '# Ours\r\nFROM node:latest\r\nWORKDIR /app\r\nCOPY . .\r\nRUN npm ci\r\nCMD node server.js\r\n';

describe('an author’s file that was improved', () => {
  it('stays its author’s: after the write nothing is proposed, and it is never written anew', async () => {
    const root = tempFolder();
    mkdirSync(join(root, 'k8s'));
    writeFileSync(
      join(root, 'package.json'),
      '{"name":"shop","engines":{"node":"22"},"scripts":{"start":"node server.js"}}',
    );
    writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}');
    writeFileSync(join(root, 'server.js'), "require('node:http').createServer().listen(3000);\n");
    writeFileSync(join(root, 'Dockerfile'), author);
    const { runToEnd, call } = await openApi({ ports: offlinePorts });
    const request = { roots: [root], kinds: ['dockerfile' as const] };
    const first = await runToEnd(request);
    const proposals = await call('proposal.list', { runId: first.id });
    const improved = proposals.find(({ path }) => path === 'Dockerfile');
    expect(improved).toMatchObject({ state: 'open', provenance: { improves: true } });
    const ids = proposals.map(({ id }) => id);
    await call('proposal.apply', { runId: first.id, ids, overwrite: true });
    const written = readFileSync(join(root, 'Dockerfile'), 'utf8');
    expect(written).toMatch(/^# Ours\r\nFROM node:22\r\n/);
    // What Omega wrote last is on disk now; taken for ours it would be replaced by a blueprint's.
    const second = await runToEnd(request);
    const again = await call('proposal.list', { runId: second.id });
    expect(again.map(({ path, state }) => `${path} ${state}`)).toEqual(
      proposals.map(({ path }) => `${path} unchanged`),
    );
  });
});
