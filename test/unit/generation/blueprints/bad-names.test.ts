import { expect, test } from 'vitest';
import { bare } from '#main/generation/blueprints/generate.ts';
import { namesOf } from '#main/generation/blueprints/names.ts';
import { checkFile } from '#main/generation/check-file.ts';
import { checkConsistency } from '#main/generation/consistency/check-consistency.ts';
import { offlinePorts as ports } from '#main/generation/offline-ports.ts';
import { artifactKinds } from '#shared/artifact.ts';
import type { Service } from '#shared/scan.ts';
import { fromEnv, project, service } from './fixtures.ts';

const names = [
  'null',
  'on',
  '1e3',
  'for',
  'x'.repeat(80),
  `${'x'.repeat(79)}y`,
  'Größe 服务',
  'a.b',
  'A-b',
  `${fromEnv('HOME')} $(id)`,
];
const { signal } = new AbortController();

/** Names that YAML, HCL, a shell or DNS reads as something else, and services that nothing connects to. */
const services = names.map((name, at): Service => {
  const kind = at % 4 === 2 ? 'worker' : at % 4 === 3 ? 'job' : 'web';
  const path = `services/${name.replaceAll('/', '_')}`;
  const ports = kind === 'web' && at % 2 === 0 ? [3000 + at] : [];
  return service({ name, path, context: path, kind, ports });
});

// A service called null broke the chart, the pipeline and the cache of its tests.
test.each(artifactKinds.filter((kind) => kind !== 'telemetry'))(
  '%s of services with bad names, and with no port, has no error',
  async (kind) => {
    const scan = project(services, { root: '/srv/null' });
    const made = [];
    const errors: string[] = [];
    for (const { service: of } of ports.plan(scan, [kind])) {
      const files = await ports.generate(kind, scan, of, bare, signal);
      for (const file of files) {
        made.push({ ...file, service: of ? namesOf(scan, of).label : null });
        const found = await checkFile(ports, { ...file, siblings: files }, signal);
        const bad = found.filter(({ severity }) => severity === 'error');
        errors.push(...bad.map(({ rule, line }) => `${file.path}:${line} ${rule}`));
      }
    }
    expect(made.length).toBeGreaterThan(0);
    expect(errors).toEqual([]);
    expect(new Set(made.map(({ path }) => path)).size).toBe(made.length);
    expect((await checkConsistency(made)).findings).toEqual([]);
  },
);
