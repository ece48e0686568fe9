import { expect, test } from 'vitest';
import { counterLines, plainReason } from '../../../src/renderer/model/device-names.ts';

const quiet = {
  gpu: 0,
  cpu: 1200,
  splits: 0,
  fallbacks: { memory: 0, driver: 0, died: 0 },
  latches: 0,
  latched: false,
};
const lines = (route: typeof quiet) => Object.fromEntries(counterLines(route));

test('a route without faults says so', () => {
  expect(lines(quiet)).toEqual({
    'Calls on the GPU': '0',
    'Calls on the CPU': '1,200',
    'Batches halved': '0',
    'Moved to the CPU': '0',
    'GPU left alone': 'never',
  });
});

test('faults are told apart, and whether the GPU is left alone now', () => {
  const fallbacks = { memory: 2, driver: 0, died: 1 };
  expect(lines({ ...quiet, fallbacks, latches: 1, latched: true })).toMatchObject({
    'Moved to the CPU': '2 out of memory, 1 crashed',
    'GPU left alone': '1 time, and at the moment',
  });
});

test('a reason keeps what it means and loses where in the source it was found', () => {
  const said =
    'The device webgpu could not compute: /onnxruntime_src/core/webgpu_context.cc:136 onnxruntime::Initialize(const Config&)::<lambda()> adapter_result.status == Success was false. Failed to get a WebGPU adapter: No supported adapters';
  expect(plainReason(said)).toBe(
    'The device webgpu could not compute: Failed to get a WebGPU adapter: No supported adapters',
  );
  expect(plainReason('No driver.')).toBe('No driver.');
});
