import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GenerationPorts } from '#main/generation/ports.ts';
import { OmegaError } from '#shared/error.ts';
import type { Service } from '#shared/scan.ts';

/**
 * A small port that really reads folders: each folder of a root is a service. A folder called
 * `broken` cannot be generated; a root that holds `unscannable` cannot be scanned; content with
 * `BAD` has an error-level finding.
 */
export const smallPorts: GenerationPorts = {
  blueprintVersion: 'test-1',
  async scan(root, { signal, onProgress }) {
    signal.throwIfAborted();
    if (existsSync(join(root, 'unscannable'))) {
      throw new OmegaError('NOT_READABLE', `"${root}" cannot be scanned.`);
    }
    const names = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    onProgress?.(names.length);
    const services = names.map(({ name }) => toService(name));
    return { root, services, existing: [], ignored: [] };
  },
  plan: (project, kinds, services) =>
    project.services
      .filter(({ name }) => !services || services.includes(name))
      .flatMap((service) => kinds.map((kind) => ({ service, kind }))),
  judges: () => false,
  shapes: () => [],
  reads: () => [],
  follows: () => [],
  async generate(kind, project, service) {
    const name = service?.name ?? 'all';
    if (name === 'broken') throw new Error('This service cannot be generated');
    const content = `FROM scratch\nLABEL kind=${kind} name=${name} of=${project.services.length}\n`;
    const marked = name === 'unsafe' ? `${content}# BAD\n` : content;
    if (kind === 'kubernetes') return [{ kind, path: `k8s/deep/${name}.yaml`, content: marked }];
    return [
      { kind, path: kind === 'compose' ? 'compose.yaml' : `${name}/Dockerfile`, content: marked },
    ];
  },
  detectFormat: () => 'dockerfile',
  async validate({ content }, signal) {
    signal.throwIfAborted();
    const line = content.split('\n').findIndex((text) => text.includes('BAD')) + 1;
    if (line === 0) return [];
    return [
      {
        rule: 'test/bad',
        severity: 'error',
        line,
        message: 'It is bad.',
        url: 'https://example.com/bad',
      },
    ];
  },
};

function toService(name: string): Service {
  return {
    name,
    path: name,
    context: name,
    language: 'go',
    runtimeVersion: null,
    framework: null,
    packageManager: null,
    kind: 'web',
    install: null,
    build: null,
    start: null,
    ports: [],
    backingServices: [],
    env: [],
    evidence: [],
    lockfile: null,
    output: null,
    healthPath: null,
    systemPackages: [],
    unknowns: [],
  };
}
