import { expect, test } from 'vitest';
import { accelerationSettings } from '#main/acceleration/acceleration-options.ts';
import { faultOf, sessionFault } from '#main/acceleration/compute/session-fault.ts';

test('slots share the cores; nonsense is refused by name', () => {
  expect(accelerationSettings({}, 8)).toEqual({ slots: 2, threads: 4, preferGpu: true });
  expect(accelerationSettings({ OMEGA_EMBED_GPU_SLOTS: '4', OMEGA_DEVICE: 'cpu' }, 2)).toEqual({
    slots: 4,
    threads: 1,
    preferGpu: false,
  });
  for (const slots of ['0', '17', '1.5', 'many']) {
    expect(() => accelerationSettings({ OMEGA_EMBED_GPU_SLOTS: slots })).toThrow(
      /OMEGA_EMBED_GPU_SLOTS/,
    );
  }
  expect(() => accelerationSettings({ OMEGA_DEVICE: 'tpu' })).toThrow(/OMEGA_DEVICE/);
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
