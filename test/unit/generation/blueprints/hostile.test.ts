import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import { project, service, stacks } from './fixtures.ts';

/** What would start an instruction of its own, end a YAML scalar, or hide what follows. */
const payloads = [
  '\nMAINTAINER evil',
  '\r\nMAINTAINER evil',
  '\\\nMAINTAINER evil',
  ' \\',
  '\\ \nMAINTAINER evil',
  '"]\nMAINTAINER evil',
  "'\nMAINTAINER evil",
  'cat <<EOF',
  "cat <<'EOF' > /x",
  '--mount=type=secret,id=x cat /run/secrets/x',
  '--security=insecure id',
  '# escape=`',
  '#\nMAINTAINER evil',
  '["/bin/sh", "-c", "id"]',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's own syntax
  '$HOME ${X:-y} $(id) `id`',
  'a: b\n- c\nservices: {evil: 1}',
  '---\nkind: Evil\n',
  '{evil: 1}',
  '&a *a !!js/function x',
  '\u2028MAINTAINER evil\u0085',
  '\0',
  '\ud800',
  'é 漢字 😀',
  '__proto__',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Compose's own syntax
  '${evil}',
  '*',
  '[id]',
];

const hostile = fc.oneof(
  fc.constantFrom(...payloads),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.tuple(fc.string({ maxLength: 8 }), fc.constantFrom(...payloads)).map((both) => both.join('')),
);
const maybe = fc.option(hostile, { nil: null });
const path = hostile.map((text) => text.replaceAll('\0', ''));

const services = fc
  .record({
    base: fc.constantFrom(...Object.values(stacks)),
    facts: fc.record(
      {
        name: hostile,
        runtimeVersion: maybe,
        framework: maybe,
        packageManager: maybe,
        install: maybe,
        build: maybe,
        start: maybe,
        lockfile: maybe,
        output: maybe,
        healthPath: maybe,
        systemPackages: fc.array(hostile, { maxLength: 3 }),
        env: fc.array(
          fc.record({ name: hostile, required: fc.boolean(), file: hostile, line: fc.constant(1) }),
          { maxLength: 3 },
        ),
      },
      { requiredKeys: [] },
    ),
    folder: fc.option(path, { nil: undefined }),
    below: fc.boolean(),
  })
  .map(({ base, facts, folder, below }): Service => {
    const place =
      folder === undefined
        ? {}
        : below
          ? { path: folder, context: '.' }
          : { path: folder, context: folder };
    return service({ ...base, ...facts, ...place });
  });

/** The files, or null where the input was refused with an error that says so. */
function files(kind: 'dockerfile' | 'compose' | 'kubernetes', all: ScanResult, of: Service | null) {
  try {
    return generateArtifacts(kind, all, of);
  } catch (error) {
    expect(error).toBeInstanceOf(OmegaError);
    expect(error).toHaveProperty('code', 'INVALID_INPUT');
    return null;
  }
}

const keywords = new Set([
  'FROM',
  'RUN',
  'COPY',
  'ADD',
  'ENV',
  'ARG',
  'WORKDIR',
  'USER',
  'EXPOSE',
  'HEALTHCHECK',
  'CMD',
  'LABEL',
]);

describe('hostile facts', () => {
  it('never start, end or hide an instruction of a Dockerfile', () => {
    fc.assert(
      fc.property(services, (of) => {
        const artifacts = files('dockerfile', project([of]), of);
        if (artifacts === null) return;
        const content = artifacts[0]?.content ?? '';
        const instructions = DockerfileParser.parse(content).getInstructions();
        for (const one of instructions) expect(keywords).toContain(one.getInstruction());
        expect(instructions.slice(-2).map((one) => one.getInstruction())).toEqual(['CMD', 'LABEL']);
        const users = instructions.filter((one) => one.getInstruction() === 'USER');
        expect(users.every((one) => /^\d+:\d+$/.test(one.getArgumentsContent() ?? ''))).toBe(true);
        expect(content.startsWith('# syntax=docker/dockerfile:1\n\n')).toBe(true);
        for (const { path: at } of artifacts) expect(at).not.toMatch(/\.\.\/|^\//);
      }),
      { numRuns: 250 },
    );
  });

  it('never change the structure of compose.yaml', () => {
    fc.assert(
      fc.property(fc.array(services, { minLength: 1, maxLength: 3 }), (list) => {
        const artifacts = files('compose', project(list), null);
        if (artifacts === null) return;
        const model = parse(artifacts[0]?.content ?? '');
        expect(
          Object.keys(model).filter(
            (key) => !['name', 'services', 'networks', 'volumes'].includes(key),
          ),
        ).toEqual([]);
        for (const [name, one] of Object.entries<{
          build?: { context: string; dockerfile: string };
          environment?: object;
        }>(model.services)) {
          expect(name).toMatch(/^[a-z][a-z0-9-]{0,62}$/);
          for (const key of Object.keys(one.environment ?? {})) expect(key).toMatch(/^[\w.]+$/);
          for (const text of Object.values(one.build ?? {})) {
            if (typeof text === 'string') expect(text.replaceAll('$$', '')).not.toContain('$');
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('never change the structure of manifests', () => {
    const known = [
      'ConfigMap',
      'Deployment',
      'Job',
      'Service',
      'HorizontalPodAutoscaler',
      'PodDisruptionBudget',
      'NetworkPolicy',
      'Ingress',
    ];
    fc.assert(
      fc.property(services, (of) => {
        const artifacts = files('kubernetes', project([of]), of);
        if (artifacts === null) return;
        expect(artifacts[0]?.path).toMatch(/^k8s\/[a-z][a-z0-9-]{0,62}\.yaml$/);
        for (const document of parseAllDocuments(artifacts[0]?.content ?? '')) {
          expect(document.errors).toEqual([]);
          const { kind, metadata } = document.toJS();
          expect(known).toContain(kind);
          expect(metadata.name).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
          for (const label of Object.values(metadata.labels))
            expect(label).toMatch(/^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('give the same files for the same facts', () => {
    fc.assert(
      fc.property(services, (of) => {
        const again = structuredClone(of);
        expect(files('kubernetes', project([of]), of)).toEqual(
          files('kubernetes', project([again]), again),
        );
        expect(files('dockerfile', project([of]), of)).toEqual(
          files('dockerfile', project([again]), again),
        );
      }),
      { numRuns: 100 },
    );
  });
});
