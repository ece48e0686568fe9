import { expect, test } from 'vitest';
import { accelerationSettings, threadsOf } from '#main/acceleration/acceleration-options.ts';
import { faultOf, sessionFault } from '#main/acceleration/compute/session-fault.ts';

test('every setting has its variable, and a default', () => {
  expect(accelerationSettings({})).toEqual({
    device: 'auto',
    slots: 2,
    threads: 0,
    maxBatch: 512,
    targetLatencyMs: 10,
  });
  const env = {
    OMEGA_DEVICE: 'cpu',
    OMEGA_EMBED_GPU_SLOTS: '4',
    OMEGA_EMBED_THREADS: '3',
    EMBED_MAX_BATCH: '32',
    ACCEL_TARGET_LAT_MS: '25',
  };
  expect(accelerationSettings(env)).toEqual({
    device: 'cpu',
    slots: 4,
    threads: 3,
    maxBatch: 32,
    targetLatencyMs: 25,
  });
});

test.each([
  ['OMEGA_EMBED_GPU_SLOTS', ['0', '17', '1.5', 'many']],
  ['OMEGA_EMBED_THREADS', ['-1', '65', 'all']],
  ['EMBED_MAX_BATCH', ['0', '5000', 'big']],
  ['ACCEL_TARGET_LAT_MS', ['0', 'soon']],
  ['OMEGA_DEVICE', ['tpu']],
])('nonsense in %s is refused by its name', (name, values) => {
  for (const value of values) {
    expect(() => accelerationSettings({ [name]: value }), value).toThrow(new RegExp(name));
  }
});

test('slots share the cores out, unless threads are set', () => {
  expect(threadsOf({ threads: 0, slots: 2 }, 8)).toBe(4);
  expect(threadsOf({ threads: 0, slots: 4 }, 2)).toBe(1);
  expect(threadsOf({ threads: 3, slots: 4 }, 2)).toBe(3);
});

test.each([
  ['CUDA failure 2: out of memory ; GPU=0', 'memory'],
  ['Failed to allocate memory for requested buffer of size 1073741824', 'memory'],
  ['VK_ERROR_OUT_OF_DEVICE_MEMORY', 'memory'],
  ['std::bad_alloc', 'memory'],
  ['Failed to get a WebGPU adapter: No supported adapters', 'driver'],
  ['CUDA error 999: unknown error', 'driver'],
])('%s is a fault of kind %s', (message, kind) => {
  expect(faultOf(sessionFault(new Error(message), 'cuda'))).toBe(kind);
});

test('an error without a device behind it is no fault', () => {
  expect(faultOf(new Error('out of memory'))).toBeNull();
});
