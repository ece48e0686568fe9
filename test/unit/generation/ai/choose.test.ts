import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attempt, compareScores } from '#main/generation/ai/attempt.ts';
import { withDangers } from '#main/generation/ai/dangerous.ts';
import { chooseBest } from '#main/generation/ai/ensemble/choose.ts';
import { factsOfFile } from '#main/generation/ai/ensemble/file-facts.ts';
import { hardening } from '#main/generation/ai/hardening.ts';
import { StreamedFiles } from '#main/generation/ai/stream-files.ts';
import { addUsage, type JobUsage, noUsage, shareUsage } from '#main/generation/ai/usage.ts';
import type { Service } from '#shared/scan.ts';

function attempt(content: string, score: Partial<Attempt['score']> = {}): Attempt {
  const artifact = { kind: 'dockerfile', path: 'Dockerfile', content } as const;
  return {
    origin: { provider: 'openai', model: 'm', promptHash: content, cached: false, repairs: 0 },
    files: [{ artifact, findings: [] }],
    score: { errors: 0, warnings: 0, hardening: 0.5, size: 100, ...score },
  };
}

const node = (port: number): string => `FROM node:22\nEXPOSE ${port}\nCMD ["node", "a.js"]\n`;

describe('the choice among attempts', () => {
  it('is by errors, then warnings, then hardening, then size', () => {
    const best = attempt('best', { warnings: 1, hardening: 0.9, size: 10 });
    const others = [
      attempt('errors', { errors: 1, warnings: 0, hardening: 1, size: 1 }),
      attempt('warnings', { warnings: 2, hardening: 1, size: 1 }),
      attempt('soft', { warnings: 1, hardening: 0.8, size: 1 }),
      attempt('long', { warnings: 1, hardening: 0.9, size: 11 }),
    ];
    expect(chooseBest([...others, best], null)).toBe(best);
    expect(compareScores(best.score, others[3]?.score ?? best.score)).toBeLessThan(0);
    expect(chooseBest([], null)).toBeNull();
  });

  it('is the same in whatever order they come', () => {
    const score = fc.record({
      errors: fc.nat(2),
      warnings: fc.nat(2),
      hardening: fc.constantFrom(0, 0.5, 1),
      size: fc.nat(3),
    });
    const one = fc.tuple(score, fc.constantFrom(80, 3000, 8080));
    const many = fc.array(one, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(many, fc.infiniteStream(fc.nat()), (all, order) => {
        const attempts = all.map(([held, port], at) => attempt(`${node(port)}# ${at}`, held));
        const shuffled = attempts
          .map((held) => ({ held, key: order.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ held }) => held);
        expect(chooseBest(shuffled, null)).toBe(chooseBest(attempts, null));
      }),
    );
  });

  it('takes of equals the one that says what most say, where the scan has a vote', () => {
    const service = { ports: [3000], start: null, language: 'typescript' } as unknown as Service;
    const [right, wrong] = [attempt(node(3000), { size: 200 }), attempt(node(8080), { size: 100 })];
    expect(chooseBest([wrong, right], service)).toBe(right);
    expect(chooseBest([wrong, right], null)).toBe(wrong);
    const outvoted = [wrong, attempt(`${node(8080)}# 2`), attempt(`${node(8080)}# 3`), right];
    expect(chooseBest(outvoted, service)?.files[0]?.artifact.content).toContain('EXPOSE 8080');
    // Only equals are voted on.
    const clean = attempt(node(9), { hardening: 0.6 });
    expect(chooseBest([right, clean], service)).toBe(clean);
  });

  it('reads port, start and language out of a file', () => {
    expect([...factsOfFile('dockerfile', node(80))]).toEqual([
      ['image', 'javascript'],
      ['port', '80'],
      ['start', 'node a.js'],
    ]);
    const image = (from: string) => factsOfFile('dockerfile', `FROM ${from}\n`).get('image');
    expect(image('registry:5000/library/python:3.12@sha256:0')).toBe('python');
    expect(image('mcr.microsoft.com/dotnet/aspnet:8.0')).toBe('dotnet');
    expect(factsOfFile('kubernetes', 'ports:\n  - containerPort: 81\n').get('port')).toBe('81');
  });
});

describe('hardening', () => {
  it('rises with each thing that makes a file hard to misuse', () => {
    const steps = [
      'FROM node\nCMD node a.js\n',
      'FROM node\nCMD ["node", "a.js"]\n',
      'FROM node\nUSER node\nCMD ["node", "a.js"]\n',
      'FROM node AS b\nFROM node\nUSER node\nHEALTHCHECK CMD ["x"]\nCMD ["node", "a.js"]\n',
      'FROM node AS b\nFROM node:22-slim\nUSER node\nHEALTHCHECK CMD ["x"]\nCMD ["node", "a.js"]\n',
    ].map((content) => hardening('dockerfile', content));
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    const pod = (context: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - {name: a, image: b, securityContext: ${context}}\n`;
    const [soft, hard] = ['{}', '{runAsNonRoot: true, readOnlyRootFilesystem: true}'].map(
      (context) => hardening('kubernetes', pod(context)),
    );
    expect(hard).toBeGreaterThan(soft ?? 1);
    const service = (more: string) => `services:\n  a:\n    image: b\n${more}`;
    expect(hardening('compose', service('    read_only: true\n'))).toBeGreaterThan(
      hardening('compose', service('')),
    );
  });

  it('never throws, whatever the text', () => {
    const kinds = fc.constantFrom('dockerfile', 'compose', 'kubernetes');
    fc.assert(
      fc.property(kinds, fc.oneof(fc.string(), fc.json()), (kind, text) => {
        const found = hardening(kind as 'compose', `services: ${text}`);
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('what is dangerous', () => {
  const finding = (rule: string) =>
    ({ rule, severity: 'warning', line: 1, message: 'm', url: 'https://x' }) as const;

  it('is an error in a model’s file, but for what the blueprint’s has too', () => {
    const found = [finding('compose/privileged'), finding('compose/unpinned-image')];
    expect(withDangers(found, []).map(({ severity }) => severity)).toEqual(['error', 'warning']);
    expect(withDangers(found, [finding('compose/privileged')])).toEqual(found);
  });
});

describe('what models took', () => {
  it('is shared among jobs without a rest', () => {
    const usage = fc.record({
      calls: fc.nat(9),
      cached: fc.nat(9),
      inputTokens: fc.nat(100_000),
      outputTokens: fc.nat(100_000),
      costUsd: fc.constant(null),
      repairs: fc.nat(9),
      waitedMs: fc.nat(9_000),
    });
    fc.assert(
      fc.property(usage, fc.integer({ min: 1, max: 50 }), (whole: JobUsage, count) => {
        const parts = shareUsage(whole, count);
        expect(parts).toHaveLength(count);
        expect(parts.reduce(addUsage, { ...noUsage, costUsd: null })).toEqual(whole);
      }),
    );
  });
});

describe('files that are streamed', () => {
  it('are told at most every 50 ms, in order, and begin anew at 0', () => {
    let now = 0;
    const told: [string, number, string][] = [];
    const streamed = new StreamedFiles(
      (path, at, piece) => told.push([path, at, piece]),
      () => now,
    );
    streamed.add('a', 0, 'x');
    streamed.add('a', 1, 'y');
    streamed.add('a', 2, 'z');
    now = 60;
    streamed.add('a', 3, '!');
    streamed.add('a', 4, 'lost');
    streamed.add('a', 0, 'new');
    streamed.flush();
    expect(told).toEqual([
      ['a', 0, 'x'],
      ['a', 1, 'yz!'],
      ['a', 0, 'new'],
    ]);
  });
});
