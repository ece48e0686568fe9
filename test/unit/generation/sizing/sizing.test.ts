import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { parseMetrics } from '#main/generation/sizing/parse-metrics.ts';
import { recommend } from '#main/generation/sizing/recommend.ts';
import { percentile } from '#main/generation/sizing/samples.ts';
import { withUsage } from '#main/generation/sizing/with-usage.ts';
import { measuredUsageSchema } from '#shared/usage.ts';
import { project, service } from '../blueprints/fixtures.ts';

const mebibyte = 1_048_576;
const answer = (...result: object[]) => ({
  status: 'success',
  data: { resultType: 'matrix', result },
});

describe('figures of CPU and memory', () => {
  it('are read from kubectl top, by container or by the workload of the pod', () => {
    const text =
      'POD NAME CPU(cores) MEMORY(bytes)\nweb-6d4cf56db6-abcde   api   12m   210Mi\nweb-6d4cf56db6-fghij   api   31m   1Gi\n\nNAME CPU(cores) MEMORY(bytes)\nworker-7f9c6b5d4-xk2p9 1 64Mi\n';
    expect(parseMetrics(text)).toEqual({
      api: { samples: 2, cpuMilli: 31, memoryMi: 1024, memoryMi99: 1024 },
      worker: { samples: 1, cpuMilli: 1000, memoryMi: 64, memoryMi99: 64 },
    });
  });

  it('are read from answers of Prometheus: rates of a counter, a reset among them, and bytes', () => {
    const cpu = {
      metric: { __name__: 'container_cpu_usage_seconds_total', container: 'api' },
      values: [
        [0, '0'],
        [60, '6'],
        [120, '1'],
        [180, '4'],
      ],
    };
    const memory = {
      metric: { __name__: 'container_memory_working_set_bytes', container: 'api' },
      values: [
        [0, String(100 * mebibyte)],
        [60, String(200 * mebibyte)],
      ],
    };
    const sum = {
      metric: { __name__: 'container_memory_working_set_bytes', container: '' },
      values: [[0, '999999999999']],
    };
    expect(parseMetrics(JSON.stringify([answer(cpu), answer(memory, sum)]))).toEqual({
      api: { samples: 2, cpuMilli: 100, memoryMi: 200, memoryMi99: 200 },
    });
    const rated = { metric: { pod: 'web-6d4cf56db6-abcde' }, values: [[0, '0.25']] };
    expect(parseMetrics(JSON.stringify(answer(rated)))).toMatchObject({
      web: { cpuMilli: 250, memoryMi: null },
    });
  });

  it('are read from the text format', () => {
    const text = `# HELP x\ncontainer_memory_working_set_bytes{container="api",pod="p"} ${64 * mebibyte} 1700000000000\ncontainer_cpu_usage_seconds_total{container="api"} 5\nother{container="api"} 1\n`;
    expect(parseMetrics(text)).toEqual({
      api: { samples: 1, cpuMilli: null, memoryMi: 64, memoryMi99: 64 },
    });
  });

  it.each([
    '',
    'hello',
    '{}',
    '[',
    '{"status":"error"}',
    'container_memory_working_set_bytes{container="a"} NaN',
    `[${'['.repeat(10_000)}`,
    JSON.stringify(answer({ metric: {}, values: [] })),
  ])('are refused where there are none: %s', (text) => {
    expect(() => parseMetrics(text.slice(0, 20_000))).toThrow(/cannot be read/);
  });

  it('of hostile names are names, and no more than the contract takes', () => {
    const text = Array.from({ length: 1_500 }, (_, n) => `n${n}x 1m 1Mi`).join('\n');
    expect(measuredUsageSchema.safeParse(parseMetrics(text)).success).toBe(true);
    expect(parseMetrics('__proto__ 1m 1Mi')).not.toHaveProperty('polluted');
  });
});

describe('requests and limits', () => {
  it('are the percentiles, rounded up, with room above the peak', () => {
    const values = Array.from({ length: 100 }, (_, n) => n + 1);
    expect([
      percentile(values, 0.95),
      percentile(values, 0.99),
      percentile([7], 0.99),
      percentile([], 0.5),
    ]).toEqual([95, 99, 7, null]);
    expect(recommend({ samples: 100, cpuMilli: 83, memoryMi: 190, memoryMi99: 210 })).toMatchObject(
      { cpu: '90m', memory: '192Mi', limit: '272Mi' },
    );
    expect(recommend({ samples: 3, cpuMilli: 1, memoryMi: 1, memoryMi99: 1 }).reason).toContain(
      'little',
    );
  });

  it('stand in the manifest with the reason beside them, for the service that was measured alone', () => {
    const api = service({ name: 'api' });
    const scan = withUsage(project([api, service({ name: 'web', path: 'web' })]), {
      api: { samples: 240, cpuMilli: 83, memoryMi: 190, memoryMi99: 210 },
    });
    const [measured, other] = scan.services.map(
      (one) => generateArtifacts('kubernetes', scan, one)[0]?.content ?? '',
    );
    const runner = parseAllDocuments(measured ?? '')
      .map((one) => one.toJS())
      .find(({ kind }) => kind === 'Deployment');
    const { requests, limits } = runner.spec.template.spec.containers[0].resources;
    expect([requests.cpu, requests.memory, limits.memory]).toEqual(['90m', '192Mi', '272Mi']);
    expect(measured).toMatch(
      /# Measured: the 95th percentile of 240 samples is 83m CPU and 190Mi memory[^\n]*\n +resources:/,
    );
    expect(other).toMatch(/# A start for typescript[^\n]*\n +resources:/);
  });
});
