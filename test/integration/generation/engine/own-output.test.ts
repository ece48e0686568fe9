import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import type { ArtifactKind } from '#shared/artifact.ts';
import { defaultTarget } from '#shared/target.ts';
import { openApi } from '#test/support/open-api.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const files: Readonly<Record<string, string>> = {
  'web/package.json': `${JSON.stringify(
    {
      name: 'web',
      engines: { node: '22' },
      scripts: { start: 'node server.js' },
      dependencies: { express: '^4.19.0', pg: '^8.11.0' },
    },
    null,
    2,
  )}\n`,
  'web/package-lock.json': '{"lockfileVersion":3,"packages":{}}',
  'web/server.js':
    "const app = require('express')();\napp.get('/health', (q, s) => s.send('ok'));\napp.listen(3000);\nprocess.env.DATABASE_URL;\n",
  'web/Dockerfile':
    '# Ours\nFROM node:latest\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD node server.js\n',
  // Nothing can be wired in here: telemetry refuses.
  'api/go.mod': 'module example.com/api\n\ngo 1.23\n',
  'api/cmd.go':
    'package main\n\nimport "net/http"\n\nfunc start() {\n\thttp.ListenAndServe(":8080", nil)\n}\n',
  'api/main.go': 'package main\n\nvar watched = 1\n\nfunc main() {\n\tstart()\n}\n',
};

function shop(): string {
  const root = join(tempFolder(), 'shop');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** Those that see what others of the run write, and those that write it. */
const kinds: readonly ArtifactKind[] = [
  'dockerfile',
  'compose',
  'kustomize',
  'github-actions',
  'collector',
  'telemetry',
  'prometheus',
  'grafana',
  'report',
];

const read = (root: string, path: string) => readFileSync(join(root, path), 'utf8');

describe('a run over what a run wrote', () => {
  it('proposes nothing, whether it knows the files as its own or takes them for an author’s', async () => {
    const root = shop();
    const { runToEnd, call } = await openApi({ ports: offlinePorts });
    // Its pipeline applies the overlay that is proposed beside it.
    const target = {
      ...defaultTarget,
      flavour: 'gke',
      cloud: 'gcp',
      compute: 'kubernetes',
    } as const;
    const request = { roots: [root], kinds: [...kinds], target };
    const first = await runToEnd(request);
    const proposals = await call('proposal.list', { runId: first.id });
    const errors = proposals
      .flatMap(({ findings }) => findings)
      .filter((f) => f.severity === 'error');
    expect(errors).toEqual([]);
    const ids = proposals.map(({ id }) => id);
    await call('proposal.apply', { runId: first.id, ids, overwrite: true });
    // What watches the services did not know of the telemetry that was proposed beside it.
    expect(read(root, 'web/package.json')).toContain('@opentelemetry/sdk-node');
    expect(read(root, 'observability/prometheus/rules.yaml')).toContain('job="web"');
    expect(read(root, 'deploy/kustomize/base/web.yaml')).toContain('OTEL_EXPORTER_OTLP_ENDPOINT');
    expect(read(root, 'deploy/kustomize/base/api.yaml')).not.toContain('OTEL_');
    const pipeline = read(root, '.github/workflows/ci.yml');
    expect(pipeline).toContain('working-directory: deploy/kustomize/overlays/production');
    // The report told of findings that its own run mended.
    const report = read(root, 'docs/security-report.md');
    expect(report).not.toContain('node:latest');
    expect(report).toContain('(../deploy/kustomize/base/web.yaml)');
    const other = await openApi({ ports: offlinePorts });
    for (const again of [{ runToEnd, call }, other]) {
      const second = await again.runToEnd(request);
      const changed = (await again.call('proposal.list', { runId: second.id })).filter(
        ({ state }) => state !== 'unchanged',
      );
      expect(changed.map(({ path }) => path)).toEqual([]);
    }
  });

  it('says beside a file what changed in it, and on what it counts; a report alone tells of what is there', async () => {
    const root = shop();
    const { runToEnd, call } = await openApi({ ports: offlinePorts });
    const kinds = ['dockerfile', 'telemetry', 'grafana'] as const;
    const run = await runToEnd({ roots: [root], kinds: [...kinds] });
    const proposals = await call('proposal.list', { runId: run.id });
    const said = (path: string, rule: string) =>
      proposals
        .find((one) => one.path === path)
        ?.findings.filter((one) => one.rule === rule)
        .map(({ message }) => message)
        .join();
    expect(said('web/Dockerfile', 'omega/mended')).toContain('node:22');
    expect(said('observability/grafana/shop.json', 'omega/beside')).toContain('proposes for web:');
    const alone = await runToEnd({ roots: [root], kinds: ['report'] });
    const [report] = await call('proposal.list', { runId: alone.id });
    const { content } = await call('proposal.get', { id: report?.id ?? '' });
    expect(content).toContain('[web/Dockerfile:2](../web/Dockerfile#L2)');
    expect(content).toMatch(/can mend\n[^#]*web\/Dockerfile/);
  });

  it('shows a model the drafts as they agree with the telemetry of the run, and only of such a run', async () => {
    const root = shop();
    const { call } = await openApi({ ports: offlinePorts });
    const preview = async (kinds: readonly ('kubernetes' | 'telemetry')[]) => {
      const run = { kinds: [...kinds], batchSize: 1 };
      const asked = { root, kind: 'kubernetes', service: 'web', use: 'ollama', run } as const;
      return (await call('prompt.preview', asked)).prompt;
    };
    expect(await preview(['kubernetes'])).not.toContain('OTEL_SERVICE_NAME');
    expect(await preview(['kubernetes', 'telemetry'])).toContain('OTEL_SERVICE_NAME: web');
  });
});
