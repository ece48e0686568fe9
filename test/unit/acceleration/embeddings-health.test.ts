import { expect, test } from 'vitest';
import { embeddingsHealth } from '#main/acceleration/embeddings/embeddings-health.ts';
import type { DeviceProbe } from '#shared/devices.ts';

const cpu: DeviceProbe = { device: 'cpu', opens: true, reason: null, ms: 1 };
const dead: DeviceProbe = { device: 'cpu', opens: false, reason: 'The model is missing.', ms: 1 };

test('embeddings are well on any device, worse beside a GPU that fails, ill with none', () => {
  expect(embeddingsHealth('cpu', false, [cpu]).status).toBe('healthy');
  expect(embeddingsHealth('cpu', true, [cpu])).toMatchObject({
    status: 'degraded',
    reason: expect.stringContaining('left alone'),
  });
  expect(embeddingsHealth(null, false, [dead])).toMatchObject({
    status: 'unhealthy',
    reason: 'The model is missing.',
  });
});
